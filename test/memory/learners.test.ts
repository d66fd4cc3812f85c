import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareIds } from '../../src/collections/order.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import type { Field, Learner, Profile } from '../../src/model/learner.js';
import { matches } from '../../src/reconcile/matches.js';
import type { LearnerQuery, Repositories } from '../../src/repositories/repositories.js';

async function ids(store: Repositories, query: Partial<LearnerQuery> = {}): Promise<string[]> {
  return (await store.learners.page({ limit: 100, ...query })).map(({ id }) => id);
}

async function walk(store: Repositories, query: Partial<LearnerQuery>): Promise<string[]> {
  const all: string[] = [];
  for (let after: string | undefined; ; after = all.at(-1)) {
    const page = await ids(store, { ...query, after });
    if (page.length === 0) return all;
    expect(page.length).toBeLessThanOrEqual(query.limit!);
    all.push(...page);
  }
}

const person = (id: string, profile: Profile = {}, segments?: string[]): Learner => ({
  id,
  profile,
  ...(segments && { segments }),
});

describe('learners', () => {
  test('get returns the learners that exist, each once', async () => {
    const store = createMemoryRepositories({ learners: [person('a'), person('b')] });
    await store.host.saveLearners([{ ...person('b', { site: 'Bath' }), active: false }]);
    expect(await store.learners.get(['b', 'unknown', 'b'])).toEqual([
      { id: 'b', profile: { site: 'Bath' }, active: false },
    ]);
    await store.host.deleteLearners(['b', 'unknown']);
    expect(await store.learners.get(['a', 'b'])).toEqual([person('a')]);
  });

  test('page returns learners in order of code points, after one id and up to another, which need not exist', async () => {
    const store = createMemoryRepositories({
      learners: ['b', '\u{1f600}', 'd', '', '\uffff', 'a'].map((id) => person(id)),
    });
    expect(await ids(store)).toEqual(['', 'a', 'b', 'd', '\uffff', '\u{1f600}']);
    expect(await ids(store, { after: '' })).toEqual(['a', 'b', 'd', '\uffff', '\u{1f600}']);
    expect(await ids(store, { after: 'a', upTo: 'd' })).toEqual(['b', 'd']);
    expect(await ids(store, { after: 'aa', upTo: 'c' })).toEqual(['b']);
    expect(await ids(store, { after: 'd', upTo: 'b' })).toEqual([]);
    expect(await ids(store, { upTo: '' })).toEqual(['']);
    expect(await ids(store, { limit: 2 })).toEqual(['', 'a']);
  });

  test('learners can be added and deleted during a walk', async () => {
    const store = createMemoryRepositories({ learners: ['b', 'd', 'f', 'h'].map((id) => person(id)) });
    expect(await ids(store, { limit: 2 })).toEqual(['b', 'd']);
    await store.host.deleteLearners(['d', 'f']);
    await store.host.saveLearners([person('a'), person('c'), person('e')]);
    expect(await ids(store, { after: 'd', limit: 2 })).toEqual(['e', 'h']);
    await store.host.saveLearners([person('i')]);
    expect(await ids(store, { after: 'h', limit: 2 })).toEqual(['i']);
    expect(await ids(store, { after: 'i', limit: 2 })).toEqual([]);
  });

  test('a walk finds all matching learners, with no empty page before the last', async () => {
    const learners = Array.from({ length: 10_000 }, (_, i) =>
      person(
        String(i).padStart(5, '0'),
        { site: i % 4_999 === 4_998 ? 'Bath' : 'York' },
        i === 7_777 ? ['s'] : undefined,
      ),
    );
    const store = createMemoryRepositories({ learners });
    const matching = { rule: { field: 'site', op: 'equals', value: ' bath' }, placedIn: ['s', 't'] } as const;
    for (const limit of [1, 2, 100])
      expect(await walk(store, { matching, limit })).toEqual(['04998', '07777', '09997']);
    expect(await ids(store, { matching, limit: 1, after: '04998', upTo: '07776' })).toEqual([]);
    expect(await ids(store, { matching: { rule: { any: [] }, placedIn: [] } })).toEqual([]);
  });

  test('a page includes malformed learners and learners that cannot be evaluated', async () => {
    const rows: unknown[] = [
      { id: 'a', profile: { age: 40 } },
      { id: 'b', profile: { age: 'forty' } },
      { id: 'c', profile: null },
      { id: 'd', profile: {}, segments: 'all of them' },
      { id: 'e', profile: { age: { years: 40 } } },
      { id: 'f' },
      { id: 'g', profile: { age: 20 } },
    ];
    const store = createMemoryRepositories({ fields: [{ id: 'age', type: 'number' }], learners: rows as Learner[] });
    const of = (rule: NonNullable<LearnerQuery['matching']>['rule']) =>
      ids(store, { matching: { rule, placedIn: [] } });
    expect(await of({ field: 'age', op: 'gt', value: 30 })).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(await of({ not: { field: 'age', op: 'gt', value: 30 } })).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
    const everyone = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(await of({ field: 'unknown', op: 'equals', value: 1 })).toEqual(everyone);
    expect(await of({ segment: 's' })).toEqual(everyone);
    expect(await of({ not: { segment: 's' } })).toEqual(everyone);
  });

  test('a page uses the fields that the host declares now', async () => {
    const store = createMemoryRepositories({
      learners: [person('a', { born: '2001-01-01' }), person('b', { born: 'x' })],
    });
    const matching = { rule: { field: 'born', op: 'gt', value: '2000-01-01' }, placedIn: [] } as const;
    expect(await ids(store, { matching })).toEqual(['a']);
    await store.host.saveFields([{ id: 'born', type: 'date' }]);
    expect(await ids(store, { matching })).toEqual(['a', 'b']);
  });

  test('a page includes every learner who satisfies the rule or is placed', async () => {
    const fields: Field[] = [
      { id: 'n', type: 'number' },
      { id: 't', type: 'text' },
    ];
    const profile = fc.record(
      { n: fc.option(fc.nat(3)), t: fc.constantFrom('a', 'B', '', 'ab') },
      { requiredKeys: [] },
    );
    const learner = fc.record({ id: fc.string({ maxLength: 3 }), profile, segments: fc.subarray(['s', 't']) });
    const condition = fc.constantFrom(
      { field: 'n', op: 'lt', value: 2 } as const,
      { field: 't', op: 'startsWith', value: 'A' } as const,
      { field: 'n', op: 'blank' } as const,
    );
    const rule = fc.oneof(
      condition,
      fc.tuple(condition, condition).map((all) => ({ not: { all } })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(learner, { maxLength: 30 }),
        rule,
        fc.subarray(['s', 't']),
        fc.integer({ min: 1, max: 5 }),
        async (learners, rule, placedIn, limit) => {
          const store = createMemoryRepositories({ fields, learners });
          const everyone = await store.learners.page({ limit: 100 });
          const wanted = everyone.filter(
            (one) => matches(rule, one, { fields, segments: [] }) || placedIn.some((id) => one.segments?.includes(id)),
          );
          const expected = wanted.map(({ id }) => id).sort(compareIds);
          expect(await walk(store, { matching: { rule, placedIn }, limit })).toEqual(expected);
        },
      ),
    );
  });
});
