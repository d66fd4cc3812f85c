import { describe, expect, it } from 'vitest';
import type { Progress, ReconcileScope } from '../../src/index.js';
import { quiet } from '../memory/waits.js';
import { at, link, numbered, segment, type World, worldOf } from './world.js';

const standing = [
  segment('Bristol'),
  segment('Leeds'),
  link('Bristol', 'c1'),
  link('Bristol', 'c2'),
  link('Leeds', 'c1'),
];
const everybody = numbered(10);

/** Ten learners enrolled at Bristol who moved to Leeds unnoticed; `z` came, some of them vanished. */
async function drifted(batchSize: number, vanished: readonly string[] = []): Promise<World> {
  const world = await worldOf(at('Bristol', ...everybody), standing, { batchSize });
  await world.host.saveLearners(at('Leeds', ...everybody, 'z'));
  await world.host.deleteLearners(vanished);
  return world;
}

const learnersOf = async (world: World, linkId: string) =>
  (await world.held()).flatMap((row) => (row.endsWith(linkId) ? row.slice(0, row.indexOf('/')) : []));

describe('reconcile', () => {
  it.each([1, 3, 10, 11, 1_000])('reconcile settles all learners, in batches of %i', async (batchSize) => {
    const world = await drifted(batchSize);
    const { revision, summary } = await world.engine.reconcile();
    expect(revision).toBe(1);
    expect(summary).toMatchObject({ learners: 11, assigned: 11, released: 20, enrolled: 1, unenrolled: 10, kept: 10 });
    expect(await world.held()).toEqual([...everybody, 'z'].map((id) => `${id}/c1/Leeds-c1`));
  });

  const deletions: { readonly [where: string]: readonly string[] } = {
    'before the first window': ['l00'],
    'inside a window': ['l01', 'l04'],
    'all of what would have been a window': ['l03', 'l04', 'l05', 'l06'],
    'after the last window': ['l08', 'l09', 'z'],
    everybody: [...everybody, 'z'],
  };
  it.each(Object.keys(deletions).flatMap((where) => [1, 2, 3, 100].map((size) => [where, size] as const)))(
    'reconcile releases deleted learners: %s, in batches of %i',
    async (where, batchSize) => {
      const world = await drifted(batchSize, deletions[where]!);
      const { summary } = await world.engine.reconcile();
      const there = [...everybody, 'z'].filter((id) => !deletions[where]!.includes(id));
      expect(await world.held()).toEqual(there.map((id) => `${id}/c1/Leeds-c1`));
      expect(summary.released).toBe(20);
    },
  );

  const scopes: readonly (readonly [ReconcileScope, readonly string[]])[] = [
    [{ after: 'l06' }, ['l07', 'l08', 'l09', 'z']],
    [{ upTo: 'l02' }, ['l00', 'l01', 'l02']],
    [{ after: 'l02', upTo: 'l05' }, ['l03', 'l04', 'l05']],
    [{ after: 'l02x', upTo: 'l05x' }, ['l03', 'l04', 'l05']],
    [{ after: 'l05', upTo: 'l02' }, []],
    [{ after: 'zz' }, []],
  ];
  it.each(scopes.flatMap(([scope, reached]) => [1, 2, 100].map((size) => [scope, size, reached] as const)))(
    'a reconcile of a range changes no other learner: %j, in batches of %i',
    async (scope, batchSize, reached) => {
      const vanished = ['l04', 'l09'];
      const world = await drifted(batchSize, vanished);
      await world.engine.reconcile(scope);
      expect(await learnersOf(world, 'Bristol-c1')).toEqual(everybody.filter((id) => !reached.includes(id)));
      expect(await learnersOf(world, 'Leeds-c1')).toEqual(reached.filter((id) => !vanished.includes(id)));
      expect(world.locked().filter((id) => !reached.includes(id))).toEqual([]);
    },
  );

  it('a reconcile of some courses changes no other course', async () => {
    const world = await drifted(4, ['l05']);
    const { summary } = await world.engine.reconcile({ courses: ['c2', 'unknown'] });
    expect(summary).toMatchObject({ learners: 10, released: 10, assigned: 0, courses: [{ courseId: 'c2' }] });
    expect(await learnersOf(world, 'Bristol-c2')).toEqual([]);
    expect(await learnersOf(world, 'Bristol-c1')).toEqual(everybody);
    world.forget();
    expect((await world.engine.reconcile({ courses: [] })).summary.learners).toBe(0);
    expect(world.calls.filter(({ method }) => method !== 'catalog.load')).toEqual([]);
  });

  it('reconcile makes no call for an empty list of learners', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing, { batchSize: 4, limits: { unenrolments: 0 } });
    await world.engine.reconcile();
    for (const method of ['learners.get', 'enrolments.read', 'transaction']) {
      expect(world.of(method).filter(({ args }) => (args[0] as string[]).length === 0)).toEqual([]);
    }
  });

  it('reconcile writes nothing if nothing changes, however often it runs', async () => {
    const world = await drifted(3, ['l01']);
    await world.engine.reconcile();
    world.forget();
    for (let i = 0; i < 2; i++) expect((await world.engine.reconcile()).summary.learners).toBe(0);
    expect(world.writes()).toEqual([]);
  });

  it('a reconcile that finds no difference reports how many learners it evaluated, and no diff', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing, { batchSize: 4 });
    const reports: [number, number][] = [];
    const onProgress = ({ looked, changed }: Progress) => void reports.push([looked, changed]);
    await world.engine.reconcile({ onProgress, onDiff: () => Promise.reject(new Error('There is no diff.')) });
    expect(reports.at(-1)).toEqual([10, 0]);
    await world.engine.learnersChanged(everybody, { onDiff: () => Promise.reject(new Error('There is no diff.')) });
  });

  it('reconcile evaluates all learners under their locks, one batch at a time', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing, { batchSize: 4 });
    await world.engine.reconcile();
    const batches = world.of('transaction').map(({ args }) => args[0]);
    expect(batches).toEqual([everybody.slice(0, 4), everybody.slice(4, 8), everybody.slice(8)]);
  });

  it('§2 reconcile corrects what a concurrent notice writes from older facts', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing);
    await world.host.saveLearners(at('York', 'l02'));
    let reconciled: Promise<unknown> | undefined;
    world.before('enrolments.write', async () => {
      if (reconciled) return;
      await world.host.saveLearners(at('Bristol', 'l02'));
      reconciled = world.other().reconcile();
      await quiet();
    });
    await world.engine.learnersChanged(['l02']);
    await reconciled;
    expect(await learnersOf(world, 'Bristol-c1')).toEqual(everybody);
  });

  it('reconcile reads learners again under the lock before it writes', async () => {
    const world = await worldOf(at('Bristol', ...everybody), standing);
    await world.host.saveLearners(at('Leeds', 'l02', 'l03'));
    world.before('transaction', () => world.host.saveLearners(at('Bristol', 'l02')));
    expect((await world.engine.reconcile()).summary.learners).toBe(1);
    expect(await learnersOf(world, 'Leeds-c1')).toEqual(['l03']);
  });

  it('reconcile finds no difference after edits and notices', async () => {
    const world = await drifted(3);
    await world.engine.learnersChanged([...everybody, 'z']);
    await world.engine.apply([link('Leeds', 'c3'), segment('Bristol', { everyone: true })]);
    expect((await world.engine.reconcile()).summary).toMatchObject({ learners: 0, courses: [] });
  });

  it('reconcile can be divided into ranges', async () => {
    const world = await drifted(2, ['l03']);
    await Promise.all([
      world.engine.reconcile({ upTo: 'l03' }),
      world.engine.reconcile({ after: 'l03', upTo: 'l07' }),
      world.engine.reconcile({ after: 'l07' }),
    ]);
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });
});
