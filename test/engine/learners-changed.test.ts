import { describe, expect, it } from 'vitest';
import { at, collector, link, numbered, placed, segment, type World, withoutOperations, worldOf } from './world.js';

const standing = [segment('Bristol'), segment('Leeds'), placed('team'), link('Bristol', 'c1'), link('Leeds', 'c2')];
const fresh = (batchSize = 3) => worldOf(at('Bristol', ...numbered(4)), standing, { batchSize });
const rows = (course: string, ...ids: string[]) =>
  ids.map((id) => `${id}/${course}/${course === 'c1' ? 'Bristol' : 'Leeds'}-${course}`);

describe('learnersChanged', () => {
  const moves: {
    readonly [name: string]: readonly [
      (world: World) => Promise<unknown>,
      readonly string[],
      readonly string[],
      object,
    ];
  } = {
    'a joiner is enrolled': [
      ({ host }) => host.saveLearners(at('Bristol', 'new')),
      ['new'],
      rows('c1', ...numbered(4), 'new'),
      { learners: 1, enrolled: 1, unenrolled: 0 },
    ],
    'a leaver is unenrolled, and the record kept': [
      async ({ host }) => {
        await host.recordTraining('l01', 'c1', 'completed');
        await host.saveLearners(at('York', 'l01'));
      },
      ['l01'],
      rows('c1', 'l00', 'l02', 'l03'),
      { learners: 1, released: 1, unenrolled: 1, archived: 0 },
    ],
    'a mover is moved': [
      ({ host }) => host.saveLearners(at('Leeds', 'l03')),
      ['l03'],
      [...rows('c1', 'l00', 'l01', 'l02'), ...rows('c2', 'l03')],
      { learners: 1, assigned: 1, released: 1 },
    ],
    'a deleted learner is released': [
      ({ host }) => host.deleteLearners(['l02']),
      ['l02'],
      rows('c1', 'l00', 'l01', 'l03'),
      { learners: 1, released: 1, unenrolled: 1, archived: 0 },
    ],
    'an unknown id is ignored': [async () => {}, ['stranger', '', '__proto__'], rows('c1', ...numbered(4)), {}],
    'a learner who is given twice counts once': [
      ({ host }) => host.saveLearners(at('York', 'l00')),
      ['l00', 'l01', 'l00', 'l00'],
      rows('c1', 'l01', 'l02', 'l03'),
      { learners: 1, released: 1, unenrolled: 1 },
    ],
    'a learner who is not given is not evaluated': [
      ({ host }) => host.saveLearners(at('York', ...numbered(4))),
      ['l00'],
      rows('c1', 'l01', 'l02', 'l03'),
      { learners: 1 },
    ],
    'with no ids, no learner is evaluated': [
      ({ host }) => host.saveLearners(at('York', ...numbered(4))),
      [],
      rows('c1', ...numbered(4)),
      { learners: 0 },
    ],
  };

  it.each(Object.keys(moves))('%s', async (name) => {
    const [move, ids, held, counts] = moves[name]!;
    const world = await fresh();
    await move(world);
    const { revision, summary } = await world.engine.learnersChanged(ids);
    expect(revision).toBe(1);
    expect(summary).toMatchObject({ learners: 0, blockedTotal: 0, ...counts });
    expect(await world.held()).toEqual([...held].sort());
  });

  it('learnersChanged evaluates all courses', async () => {
    const world = await fresh();
    await world.other().apply([link('team', 'c3')]);
    await world.host.saveLearners([{ id: 'l00', profile: { site: 'Leeds' }, segments: ['team'] }]);
    const { summary } = await world.engine.learnersChanged(['l00']);
    expect(summary).toMatchObject({ learners: 1, assigned: 2, released: 1, courses: { length: 3 } });
  });

  it('a learner who was placed in a segment before it was saved is a member once it is', async () => {
    const world = await fresh();
    await world.host.saveLearners([{ id: 'early', profile: {}, segments: ['later'] }]);
    expect((await world.engine.learnersChanged(['early'])).summary.learners).toBe(0);
    await world.engine.apply([placed('later'), link('later', 'c3')]);
    expect(await world.held()).toContain('early/c3/later-c3');
  });

  it('the same notice does nothing the second time', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('Leeds', ...numbered(4)));
    expect((await world.engine.learnersChanged(numbered(4))).summary.learners).toBe(4);
    world.forget();
    expect((await world.engine.learnersChanged(numbered(4))).summary.learners).toBe(0);
    expect(world.writes()).toEqual([]);
  });

  it('the diffs of a batch are in order of learner ids, in whatever order the ids were given', async () => {
    const world = await fresh(1_000);
    await world.host.saveLearners(at('Leeds', ...numbered(4)));
    const collected = collector();
    await world.engine.learnersChanged(['l02', 'l00', 'l03', 'l01'], collected.options);
    expect(collected.diffs.map(({ learnerId }) => learnerId)).toEqual(numbered(4));
  });

  it('learnersChanged works in batches, each in its own transaction that locks only its learners', async () => {
    const world = await fresh(3);
    await world.host.saveLearners(at('Leeds', ...numbered(10)));
    const { summary } = await world.engine.learnersChanged(numbered(10));
    expect(summary).toMatchObject({ learners: 10, assigned: 10, released: 4 });
    const transactions = world.of('transaction').map(({ args }) => (args[0] as string[]).length);
    expect(transactions).toEqual([3, 3, 3, 1]);
    expect(new Set(world.locked())).toEqual(new Set(numbered(10)));
  });

  it('learnersChanged uses the facts that are read under the lock', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('York', 'l00'));
    world.beforeNth('transaction', 1, () => world.host.saveLearners(at('Bristol', 'l00')));
    expect((await world.engine.learnersChanged(['l00'])).summary.learners).toBe(0);
    const outside = world.calls.filter(({ method, inside }) => !inside && /^(learners|enrolments)/.test(method));
    expect(outside).toEqual([]);
  });

  it('the cost of a notice does not depend on the number of learners', async () => {
    const calls = async (population: number) => {
      const world = await worldOf(at('Bristol', ...numbered(population)), standing);
      await world.host.saveLearners(at('Leeds', 'l00', 'l01'));
      await world.engine.learnersChanged(['l00', 'l01']);
      return world.calls.map(({ method, args }) => [method, args] as const);
    };
    const few = await calls(2);
    expect(withoutOperations(await calls(90))).toEqual(withoutOperations(few));
    expect(few.map(([method]) => method)).not.toContain('learners.page');
    expect(few.map(([method]) => method)).not.toContain('enrolments.holders');
  });
});
