import { describe, expect, it } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import { affectedLearners, allLearners, type Batch, named } from '../../src/engine/batches/walk.js';
import type { Learner, UnsettledRange } from '../../src/index.js';
import { at, link, numbered, segment, type World, worldOf } from './world.js';

async function all(batches: AsyncIterable<Batch>): Promise<string[]> {
  const lines: string[] = [];
  for await (const { ids, after, range, isLast } of batches)
    lines.push(`${range?.pass ?? ''}${isLast ? ' ends' : `[${ids}]`}${after ?? ''}`);
  return lines;
}

const fresh = (): Promise<World> =>
  worldOf(
    [...at('Bristol', ...numbered(3)), ...at('Leeds', ...numbered(3, 'm'))],
    [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1')],
  );

describe('allLearners', () => {
  it('allLearners yields window by window, with the deleted learners of each, and reports an id as done only after both', async () => {
    const world = await fresh();
    await world.host.deleteLearners(['l00', 'l02', 'm02']);
    expect(await all(allLearners(world.memory, {}, 2, 'learners'))).toEqual([
      '[l01,m00]',
      '[l00]',
      '[l02]',
      '[]m00',
      '[m01]',
      '[]m01',
    ]);
    expect(await all(allLearners(world.memory, { after: 'l01', upTo: 'm00' }, 2, 'learners'))).toEqual([
      '[m00]',
      '[l02]',
      '[]m00',
    ]);
  });

  it('allLearners yields and reads only ids if ids are enough', async () => {
    const world = await fresh();
    const queries: unknown[] = [];
    const { learners, ...others } = world.memory;
    const page: typeof learners.page = (query) => {
      queries.push(query);
      return learners.page(query);
    };
    for await (const batch of allLearners({ ...others, learners: { ...learners, page } }, {}, 4, 'ids')) {
      expect('learners' in batch).toBe(false);
    }
    expect(queries).toMatchObject([{ idsOnly: true }, { idsOnly: true }, { idsOnly: true }]);
  });

  it('allLearners reads the holders of a window once if the last learner of the window is a holder', async () => {
    const world = await fresh();
    await world.engine.reconcile();
    expect(world.of('enrolments.holders')).toHaveLength(3);
    world.forget();
    await all(allLearners(world.repositories, { upTo: 'l02' }, 3, 'ids'));
    expect(world.of('enrolments.holders').map(({ args }) => args[0])).toMatchObject([
      { upTo: 'l02' },
      { after: 'l02' },
    ]);
  });

  it('allLearners also reports an id as done for deleted learners at the end', async () => {
    const world = await fresh();
    await world.host.deleteLearners([...numbered(3), ...numbered(3, 'm')]);
    expect(await all(allLearners(world.memory, {}, 2, 'learners'))).toEqual(['[l00,l01]l01', '[l02]l02']);
  });
});

describe('named', () => {
  it('named yields batches, each learner once, in the given order', async () => {
    expect(await all(named(['b', 'a', 'b', 'c', 'a', ''], 2))).toEqual(['[b,a]', '[c,]']);
    expect(await all(named([], 2))).toEqual([]);
  });
});

describe('affectedLearners', () => {
  const links = ['Bristol-c1'];
  const cases: readonly (readonly [string, readonly UnsettledRange[], readonly string[]])[] = [
    [
      'from the start',
      [{ pass: 'holders' }, { pass: 'audience' }],
      [
        ...['holders[l00,l01]l01', 'holders[l02]l02', 'holders ends'],
        ...['audience[l00,l01]l01', 'audience[l02]l02', 'audience ends'],
      ],
    ],
    ['from among the holders', [{ pass: 'holders', after: 'l01' }], ['holders[l02]l02', 'holders ends']],
    ['from among the audience', [{ pass: 'audience', after: 'l01' }], ['audience[l02]l02', 'audience ends']],
    ['from the end', [{ pass: 'audience', after: 'l02' }], ['audience ends']],
    [
      'up to an id, in any order',
      [
        { pass: 'audience', after: 'l00', upTo: 'l01' },
        { pass: 'holders', upTo: 'l00' },
      ],
      ['audience[l01]l01', 'audience ends', 'holders[l00]l00', 'holders ends'],
    ],
  ];
  it.each(cases)('affectedLearners yields range by range, %s', async (_, ranges, expected) => {
    const { memory } = await fresh();
    const matcher = compile(await memory.catalog.load());
    expect(await all(affectedLearners(memory, matcher, { links, ranges }, 2))).toEqual(expected);
  });

  it('affectedLearners reads no audience if every link was removed or is frozen', async () => {
    const world = await fresh();
    await world.host.saveCourses([{ id: 'c1', enrolmentMethod: 'self' }]);
    const matcher = compile(await world.memory.catalog.load());
    const ranges = [{ pass: 'audience' } as const];
    const work = { links: ['Bristol-c1', 'deleted'], courses: ['c1'], ranges };
    expect(await all(affectedLearners(world.repositories, matcher, work, 2))).toEqual(['audience ends']);
    expect(world.calls).toEqual([]);
  });

  it('affectedLearners trusts the store for learners without a profile, and evaluates the others', async () => {
    const { memory } = await fresh();
    const matcher = compile(await memory.catalog.load());
    const York = { profile: { site: 'York' } };
    const unreadable = Object.defineProperty({ id: 'lazy', profile: {} }, 'profile', {
      get: () => {
        throw new Error('not loaded');
      },
    });
    const found: readonly Learner[] = [
      { id: 'bare', profile: {} },
      { id: 'judged', ...York },
      { id: 'placed', profile: {}, segments: [] },
      { id: 'broken', profile: null as never },
      unreadable,
      { id: 'matching', profile: { site: 'Bristol' } },
    ];
    const page: typeof memory.learners.page = async ({ after }) => (after === undefined ? found : []);
    const host = { ...memory, learners: { ...memory.learners, page } };
    const work = { links: ['Bristol-c1'], courses: ['c1'], ranges: [{ pass: 'audience' } as const] };
    expect(await all(affectedLearners(host, matcher, work, 10))).toEqual([
      'audience[bare,broken,lazy,matching]matching',
      'audience ends',
    ]);
  });
});
