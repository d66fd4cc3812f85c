import { expect, it } from 'vitest';
import { Gathered } from '../../src/reconcile/gathered.js';

const held = (linkId: string) => ({ courseId: 'c', linkId, segmentId: 's' });

it('takes a plain object, as a literal is', () => {
  const gathered = new Gathered();
  gathered.assigned.add(held('1'));
  gathered.released.add({ ...held('2'), cause: 'unlinked' });
  gathered.enrolled.add({ courseId: 'c', training: 'start' });
  gathered.unenrolled.add({ courseId: 'd', training: 'keep', cause: 'unlinked' });
  gathered.kept.add({ courseId: 'e', by: ['1'], individual: false });
  const diff = gathered.take('a');
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

it('begins anew with every learner, and leaves earlier diffs as they are', () => {
  const gathered = new Gathered();
  for (const id of ['1', '2', '3']) gathered.assigned.add(held(id));
  const first = gathered.take('a');
  gathered.assigned.add(held('4'));
  const second = gathered.take('b');
  expect(first.assigned).toEqual(['1', '2', '3'].map(held));
  expect(second.assigned).toEqual([held('4')]);
  expect(gathered.take('c').assigned).toEqual([]);
});

it('has one list for all that is empty, which nobody can add to', () => {
  const gathered = new Gathered();
  const { assigned, kept } = gathered.take('a');
  expect(assigned).toBe(kept);
  expect(gathered.take('b').released).toBe(assigned);
  expect(Object.isFrozen(assigned)).toBe(true);
});
