import { expect, it } from 'vitest';
import { DiffBuilder } from '../../src/reconcile/diff-builder.js';

const held = (linkId: string) => ({ courseId: 'c', linkId, segmentId: 's' });

it('a diff is a plain object, like a literal', () => {
  const builder = new DiffBuilder();
  builder.assigned.add(held('1'));
  builder.released.add({ ...held('2'), cause: 'unlinked' });
  builder.enrolled.add({ courseId: 'c', training: 'start' });
  builder.unenrolled.add({ courseId: 'd', training: 'keep', cause: 'unlinked' });
  builder.kept.add({ courseId: 'e', by: ['1'], individual: false });
  const diff = builder.take('a');
  expect(diff).toStrictEqual({
    learnerId: 'a',
    assigned: [held('1')],
    released: [{ ...held('2'), cause: 'unlinked' }],
    enrolled: [{ courseId: 'c', training: 'start' }],
    unenrolled: [{ courseId: 'd', training: 'keep', cause: 'unlinked' }],
    kept: [{ courseId: 'e', by: ['1'], individual: false }],
  });
  expect(Object.getPrototypeOf(diff)).toBe(Object.prototype);
  expect(Object.keys(diff)).toEqual(['learnerId', 'assigned', 'released', 'enrolled', 'unenrolled', 'kept']);
});

it('the builder starts afresh for every learner and does not change earlier diffs', () => {
  const builder = new DiffBuilder();
  for (const id of ['1', '2', '3']) builder.assigned.add(held(id));
  const first = builder.take('a');
  builder.assigned.add(held('4'));
  const second = builder.take('b');
  expect(first.assigned).toEqual(['1', '2', '3'].map(held));
  expect(second.assigned).toEqual([held('4')]);
  expect(builder.take('c').assigned).toEqual([]);
});

it('all empty lists are one frozen list', () => {
  const builder = new DiffBuilder();
  const { assigned, kept } = builder.take('a');
  expect(assigned).toBe(kept);
  expect(builder.take('b').released).toBe(assigned);
  expect(Object.isFrozen(assigned)).toBe(true);
});
