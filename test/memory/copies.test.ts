import { describe, expect, test } from 'vitest';
import { frozenCopy } from '../../src/memory/frozen-copy.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import { expecting, operationAt } from '../../src/testkit/fixtures.js';
import { gate } from '../../src/testkit/gate.js';
import { CONTEXT } from '../../src/testkit/store.js';
import { assigning, changeOf } from './diffs.js';

const HOSTILE = ['', '__proto__', 'constructor', 'toString', '\u{1f600}', '\ud800', '\udc00', ' '];

/** Whether nothing in it can be changed. */
function frozenThrough(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(frozenThrough);
}

describe('copies', () => {
  test('the store copies its input, so that later changes by the caller have no effect', async () => {
    const learner = { id: 'a', profile: { tags: ['x'] }, segments: ['s'] };
    const courses = [{ id: 'c', enrolmentMethod: 'by-assignment-only' }];
    const fields = [{ id: 'tags', type: 'text' as const }];
    const store = createMemoryRepositories({ learners: [learner], courses, fields });
    const segment = { id: 's', title: 'S', rule: { field: 'tags', op: 'in' as const, value: ['x'] } };
    const options = expecting(0, { links: ['1'], courses: ['c'] });
    await store.catalog.commit(changeOf({ saveSegments: [segment] }), options);
    learner.profile.tags.push('y');
    learner.segments.length = 0;
    courses[0]!.enrolmentMethod = 'open';
    fields.pop();
    segment.rule.value.push('y');
    (options.unsettled.links as string[]).push('2');
    Object.assign(options.unsettled.operation, { actor: 'another' });
    expect(await store.learners.get(['a'])).toEqual([{ id: 'a', profile: { tags: ['x'] }, segments: ['s'] }]);
    expect(await store.catalog.load()).toMatchObject({
      fields: [{ id: 'tags' }],
      courses: [{ enrolmentMethod: 'by-assignment-only' }],
      segments: [{ rule: { value: ['x'] } }],
      unsettled: [{ links: ['1'], operation: { id: 'operation 1' } }],
    });
    expect(Object.isFrozen(learner.profile) || Object.isFrozen(segment.rule)).toBe(false);
  });

  test('input is copied when a write is called, not when its locks are granted', async () => {
    const store = createMemoryRepositories();
    const end = gate();
    const running = store.transaction(['a'], () => end.opened);
    const assigned = [{ courseId: 'c', linkId: '1', segmentId: 's' }];
    const writing = store.enrolments.write([{ ...assigning('a'), assigned }], CONTEXT);
    assigned[0]!.linkId = '2';
    assigned.push({ courseId: 'c', linkId: '3', segmentId: 's' });
    end.open();
    await Promise.all([running, writing]);
    expect(await store.host.assignments()).toEqual([{ learnerId: 'a', courseId: 'c', linkId: '1', segmentId: 's' }]);
  });

  test("results are frozen, or the caller's own", async () => {
    const learners = [{ id: 'a', profile: { tags: ['x'] }, segments: ['s'] }];
    const store = createMemoryRepositories({ learners, courses: [{ id: 'c', enrolmentMethod: 'open' }], fields: [] });
    const change = changeOf({ saveSegments: [{ id: 's', title: 'S', rule: { any: [] } }] });
    await store.catalog.commit(change, expecting(0, { removedLinks: [{ id: '1', segmentId: 's', courseId: 'c' }] }));
    await store.catalog.settled({ operation: operationAt(1).id, range: { pass: 'holders', after: 'a' }, done: false });
    await store.enrolments.write([assigning('a', 'c:1')], CONTEXT);
    await store.host.enrolIndividually('a', 'c');
    expect(frozenThrough(await store.catalog.load())).toBe(true);
    expect((await store.learners.get(['a'])).every(frozenThrough)).toBe(true);
    expect((await store.learners.page({ limit: 1 })).every(frozenThrough)).toBe(true);
    expect((await store.enrolments.read(['a'])).every(frozenThrough)).toBe(true);
    const [narrowed] = await store.enrolments.read(['a'], { courses: ['c'] });
    (narrowed!.individual as string[]).push('d');
    expect((await store.host.state('a')).individual).toEqual(['c']);
  });

  test('copies keep own keys with names that objects inherit', async () => {
    const profile = JSON.parse('{"__proto__": ["x"], "constructor": "y", "toString": null}');
    const store = createMemoryRepositories({ learners: [{ id: 'a', profile }] });
    const [learner] = await store.learners.get(['a']);
    expect(Object.entries(learner!.profile)).toEqual([
      ['__proto__', ['x']],
      ['constructor', 'y'],
      ['toString', null],
    ]);
    expect(Object.getPrototypeOf(learner!.profile)).toBe(Object.prototype);
    const nested = frozenCopy(JSON.parse('{"__proto__": {"__proto__": [1]}}'));
    expect(JSON.stringify(nested)).toBe('{"__proto__":{"__proto__":[1]}}');
    expect(frozenThrough(nested)).toBe(true);
  });

  test('every id is distinct, whatever its text', async () => {
    const learners = HOSTILE.map((id) => ({ id, profile: { [id]: id } }));
    const store = createMemoryRepositories({ learners });
    for (const id of HOSTILE) {
      await store.enrolments.write(
        HOSTILE.map((other) => ({ ...assigning(id), assigned: [{ courseId: id, linkId: other, segmentId: 's' }] })),
        CONTEXT,
      );
      await store.host.recordTraining(id, id, 'completed');
    }
    expect((await store.learners.get(HOSTILE)).map(({ id }) => id)).toEqual(HOSTILE);
    expect(await store.learners.page({ limit: 99 })).toHaveLength(HOSTILE.length);
    for (const id of HOSTILE) {
      expect(await store.enrolments.holders({ links: [id], limit: 99 })).toHaveLength(HOSTILE.length);
      const { assignments, training } = await store.host.state(id);
      expect(new Set(assignments.map(({ linkId }) => linkId))).toEqual(new Set(HOSTILE));
      expect(training).toEqual([{ courseId: id, status: 'completed' }]);
    }
    expect(await store.host.assignments()).toHaveLength(HOSTILE.length ** 2);
  });
});

test('shared data is copied once', async () => {
  let shared: object = { x: 1 };
  for (let i = 0; i < 60; i++) shared = { a: shared, b: shared };
  const store = createMemoryRepositories();
  const profile = { deep: shared as never };
  await store.host.saveLearners([{ id: 'a', profile }]);
  expect(await store.learners.get(['a'])).toHaveLength(1);
});
