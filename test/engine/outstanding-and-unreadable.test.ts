import { describe, expect, it } from 'vitest';
import { createSmartEnrolments, type Learner, linkCourses, type Repositories } from '../../src/index.js';
import { readable } from '../../src/testkit/readable.js';
import { at, gate, link, numbered, placed, rejection, segment, unlink, type World, worldOf } from './world.js';

const standing = [segment('Bristol'), link('Bristol', 'c1'), link('Bristol', 'c2')];

/** Another engine's unlinking, which commits when it is begun and is held up before it settles. */
function slowUnlinking(world: World) {
  const committed = gate();
  const held = gate();
  const engine = createSmartEnrolments({
    ...world.memory,
    catalog: {
      ...world.memory.catalog,
      commit: async (change, options) => {
        const revision = await world.memory.catalog.commit(change, options);
        committed.open();
        return revision;
      },
    },
    transaction: async (ids, work) => {
      await held.opened;
      return world.memory.transaction(ids, work);
    },
  });
  let done: Promise<unknown> | undefined;
  return {
    async begin() {
      done ??= engine.apply(unlink('Bristol-c1'));
      await committed.opened;
    },
    async finish() {
      held.open();
      await (done ?? engine.apply(unlink('Bristol-c1')));
    },
  };
}

describe('§4 an unlinking that another engine has committed and not settled', () => {
  it('§4 an unlinking of another engine archives, and saving the same link starts a new record', async () => {
    const [raced, serial] = await Promise.all([0, 1].map(() => worldOf(at('Bristol', 'a'), standing)));
    for (const { host } of [raced!, serial!]) await host.recordTraining('a', 'c1', 'completed');
    const unlinking = slowUnlinking(raced!);
    await unlinking.begin();
    await raced!.engine.apply(link('Bristol', 'c1'));
    await unlinking.finish();
    await serial!.engine.apply(unlink('Bristol-c1'));
    await serial!.engine.apply(link('Bristol', 'c1'));
    expect(await raced!.snapshot()).toEqual(await serial!.snapshot());
    expect(await raced!.host.state('a')).toEqual(await serial!.host.state('a'));
    expect(await raced!.host.archived('a')).toEqual(['c1']);
  });

  it.each([
    ['catalog.load', 1],
    ['catalog.load', 2],
    ['catalog.commit', 1],
  ])('§4 an unlinking of another engine archives if it is committed before %s, call %i', async (method, n) => {
    const world = await worldOf(at('Bristol', 'a'), standing);
    await world.host.recordTraining('a', 'c1', 'completed');
    const unlinking = slowUnlinking(world);
    world.beforeNth(method, n, async () => {
      // Once the other edit is committed, the unlinking would wait for it instead.
      if (world.of('catalog.commit').length === (method === 'catalog.commit' ? 1 : 0)) await unlinking.begin();
    });
    await world.engine.apply([link('Bristol', 'c1'), placed('team'), link('team', 'c3')]);
    await unlinking.finish();
    expect(await world.host.archived('a')).toEqual(['c1']);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
    expect(await world.engine.reconcile()).toMatchObject({ summary: { learners: 0 } });
  });
});

describe("§6 a learner's row that throws when it is read", () => {
  const lazy = {
    get: () => {
      throw new Error('not loaded');
    },
    enumerable: true,
  };
  const unreadable: readonly (readonly [string, (learner: Learner) => Learner])[] = [
    ['profile', (learner) => Object.defineProperty({ ...learner }, 'profile', lazy)],
    ['field', (learner) => ({ ...learner, profile: Object.defineProperty({}, 'site', lazy) })],
  ];

  function lazyFor(id: string, spoil: (learner: Learner) => Learner, host: Repositories): Repositories {
    const spoilt = (rows: readonly Learner[]) => rows.map((row) => (row.id === id ? spoil(row) : row));
    return {
      ...host,
      learners: {
        get: async (ids) => spoilt(readable(await host.learners.get(ids))),
        page: async (query) => spoilt(readable(await host.learners.page(query))),
      },
      transaction: (ids, work) => host.transaction(ids, (inside) => work(lazyFor(id, spoil, inside))),
    };
  }

  it.each(unreadable)(
    '§6 a learner whose %s throws is malformed: they keep what they hold, and others are settled',
    async (_, spoil) => {
      const world = await worldOf(at('Bristol', 'a', 'b'), standing);
      await world.host.saveLearners(at('York', 'a', 'b'));
      const engine = createSmartEnrolments(lazyFor('a', spoil, world.memory));
      const reason = 'Reading the row throws an error.';
      const blocked = [{ kind: 'invalid-learner', learnerId: 'a', reason }];
      for (const look of [() => engine.learnersChanged(['a', 'b']), () => engine.reconcile()]) {
        expect((await look()).summary).toMatchObject({ blocked, blockedTotal: 1 });
        expect(await world.held()).toEqual(['a/c1/Bristol-c1', 'a/c2/Bristol-c2']);
      }
      await world.host.saveLearners(at('Bristol', 'a', 'b'));
      for (const [edit, learners] of [[link('Bristol', 'c3'), 1] as const, [unlink('Bristol-c1'), 0] as const]) {
        const plan = await engine.preview(edit);
        expect(plan.summary).toMatchObject({ learners, blocked, blockedTotal: 1 });
        expect((await engine.apply(plan)).summary).toEqual(plan.summary);
      }
      expect(await world.held()).toEqual(['a/c1/Bristol-c1', 'a/c2/Bristol-c2', 'b/c3/Bristol-c3']);
    },
  );
});

describe('what a removal limit asks to confirm', () => {
  const refused = async (promise: Promise<unknown>) => {
    const error = await rejection(promise);
    expect(error).toMatchObject({ code: 'removal_limit' });
    return (error as { details: { fingerprint: string } }).details.fingerprint;
  };
  const left = async () => {
    const world = await worldOf(at('Bristol', ...numbered(3)), standing, { limits: { unenrolments: 0 } });
    await world.host.saveLearners(at('York', ...numbered(3)));
    return world;
  };

  it('the fingerprint of a notice is the same for the same learners, in any order and with duplicates', async () => {
    const world = await left();
    const confirm = await refused(world.engine.learnersChanged(['l00', 'l01', 'l02']));
    expect(await refused(world.engine.learnersChanged(['l02', 'l00', 'l01', 'l00']))).toBe(confirm);
    expect(await refused(world.engine.learnersChanged(['l00', 'l01']))).not.toBe(confirm);
    await world.engine.learnersChanged(['l01', 'l02', 'l01', 'l00'], { confirm });
    expect(await world.held()).toEqual([]);
  });

  it('the fingerprint of a reconcile is the same for the same courses, in any order and with duplicates', async () => {
    const world = await left();
    const confirm = await refused(world.engine.reconcile({ courses: ['c1', 'c2'] }));
    expect(await refused(world.engine.reconcile({ courses: ['c2', 'c1', 'c2'] }))).toBe(confirm);
    expect(await refused(world.engine.reconcile({ courses: ['c1'] }))).not.toBe(confirm);
    expect(await refused(world.engine.reconcile())).not.toBe(confirm);
    await world.engine.reconcile({ courses: ['c2', 'c1'], confirm });
    expect(await world.held()).toEqual([]);
  });
});

describe('an adapter that lags', () => {
  it('a correct adapter settles what an adapter that lags has committed', async () => {
    const world = await worldOf(at('Bristol', ...numbered(5)), [segment('Bristol')], { batchSize: 2 });
    const first = await world.memory.catalog.load();
    const stale = { ...world.memory, catalog: { ...world.memory.catalog, load: async () => first } };
    const error = await rejection(createSmartEnrolments(stale).apply(linkCourses('Bristol', ['c1', 'c2'])));
    expect(error).toMatchObject({ code: 'contract_broken', details: { method: 'catalog.load' } });
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([{ courses: ['c1', 'c2'] }]);
    expect(await world.held()).toEqual([]);
    expect((await world.engine.settle()).summary).toMatchObject({ learners: 5, assigned: 10 });
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });
});
