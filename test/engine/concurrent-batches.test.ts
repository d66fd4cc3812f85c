import { describe, expect, it } from 'vitest';
import { createSmartEnrolments, type SettledRange, type SmartEnrolmentsOptions } from '../../src/index.js';
import { at, collector, down, gate, link, numbered, rejection, segment, type World, worldOf } from './world.js';

const everybody = numbered(12);
const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1')];
const fresh = () => worldOf(at('Bristol', ...everybody), standing, { batchSize: 2 });

/** Creates the library over the world's repositories, which allow this many concurrent batches. */
function sideBySide({ repositories }: World, concurrency: number, options?: SmartEnrolmentsOptions) {
  return createSmartEnrolments({ ...repositories, concurrency }, { batchSize: 2, ...options });
}

/** Lets everything run that does not wait for what is held up. */
async function others(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Holds up the writes of batches that begin with these learners; says which batches have come so far. */
function heldUp(world: World, ids: readonly string[]) {
  const gates = new Map(ids.map((id) => [id, gate()]));
  const come: string[] = [];
  world.before('enrolments.write', ({ args }) => {
    const [{ learnerId }] = args[0] as [{ learnerId: string }];
    come.push(learnerId);
    return gates.get(learnerId)?.opened;
  });
  const open = (...some: readonly string[]): void => {
    for (const id of some) gates.get(id)!.open();
  };
  return { come, open };
}

describe('concurrent batches', () => {
  it.each([1, 2, 3])('as many batches run concurrently as the store allows: %i', async (concurrency) => {
    const world = await fresh();
    const { come, open } = heldUp(world, everybody);
    const applying = sideBySide(world, concurrency).apply(link('Bristol', 'c2'));
    await others();
    expect(come).toEqual(['l00', 'l02', 'l04'].slice(0, concurrency));
    open(...everybody);
    expect((await applying).summary.enrolled).toBe(12);
    expect((await world.other().reconcile()).summary.learners).toBe(0);
  });

  it('a reconcile runs as many batches concurrently; windows without deleted learners do not count', async () => {
    const world = await fresh();
    await world.host.saveLearners(at('Leeds', ...everybody));
    const { come, open } = heldUp(world, everybody);
    const reconciling = sideBySide(world, 2).reconcile();
    await others();
    expect(come).toEqual(['l00', 'l02']);
    open(...everybody);
    expect((await reconciling).summary.unenrolled).toBe(12);
  });

  it('batches are reported and recorded in the order of the walk, whichever ends first', async () => {
    const world = await fresh();
    const { open } = heldUp(world, ['l00']);
    const { diffs, options } = collector();
    const applying = sideBySide(world, 3).apply(link('Bristol', 'c2'), options);
    await others();
    expect(await world.held()).toContain('l02/c2/Bristol-c2');
    const progress = () =>
      world.of('catalog.settled').map(({ args }) => {
        const { range, done } = args[0] as SettledRange;
        return done ? `${range.pass} ends` : range.after;
      });
    expect([diffs, progress()]).toEqual([[], ['holders ends']]);
    open('l00');
    await applying;
    expect(diffs.map(({ learnerId }) => learnerId)).toEqual(everybody);
    expect(progress()).toEqual(['holders ends', 'l01', 'l03', 'l05', 'l07', 'l09', 'l11', 'audience ends']);
  });

  it.each([
    { concurrency: 1, begun: ['l00'] },
    { concurrency: 2, begun: ['l00', 'l02', 'l04'] },
  ])(
    'the next batch starts while one is reported only if batches run concurrently: $concurrency',
    async ({ concurrency, begun }) => {
      const world = await fresh();
      const { come } = heldUp(world, []);
      const { opened, open } = gate();
      const applying = sideBySide(world, concurrency).apply(link('Bristol', 'c2'), { onDiff: () => opened });
      await others();
      expect(come).toEqual(begun);
      open();
      expect((await applying).summary.enrolled).toBe(12);
    },
  );

  it('without concurrency, a batch ends before the next page is read, because both may share a connection', async () => {
    const world = await fresh();
    const { open } = heldUp(world, ['l00']);
    const applying = sideBySide(world, 1).apply(link('Bristol', 'c2'));
    await others();
    expect(world.of('learners.page')).toHaveLength(1);
    open('l00');
    await applying;
    expect(world.of('learners.page')).toHaveLength(7);
  });

  it('batches are recorded although the following batches are empty', async () => {
    const world = await fresh();
    const page = world.memory.learners.page.bind(world.memory.learners);
    const { opened, open } = gate();
    // The hint matches every learner, and the store waits before the last page: the pages in between have no affected learner.
    await world.host.saveLearners(at('Leeds', ...numbered(12).map((id) => `m${id}`), 'z0', 'z1'));
    world.memory.learners.page = async (query) => {
      if (query.after === 'z1') await opened;
      return page({ ...query, matching: { rule: { everyone: true }, placedIn: [] }, idsOnly: false });
    };
    const { diffs, options } = collector();
    const applying = sideBySide(world, 2).apply(link('Bristol', 'c2'), options);
    await others();
    expect(diffs).toHaveLength(12);
    open();
    await applying;
  });

  it('no batch starts after one has failed', async () => {
    const world = await fresh();
    const come: string[] = [];
    world.before('enrolments.write', ({ args }) => {
      const [{ learnerId }] = args[0] as [{ learnerId: string }];
      come.push(learnerId);
      return learnerId === 'l00' ? Promise.reject(down()) : undefined;
    });
    expect(await rejection(sideBySide(world, 2).apply(link('Bristol', 'c2')))).toMatchObject({
      code: 'repository_failed',
    });
    expect(come).toEqual(['l00', 'l02']);
  });

  it('concurrent batches end before the error of one is thrown; their writes are reported, and the work continues with the failed one', async () => {
    const world = await fresh();
    const gates = new Map(['l02', 'l04'].map((id) => [id, gate()]));
    world.before('enrolments.write', async ({ args }) => {
      const [{ learnerId }] = args[0] as [{ learnerId: string }];
      await gates.get(learnerId)?.opened;
      if (learnerId === 'l02') throw down();
    });
    const { diffs, options } = collector();
    let ended = false;
    const failing = rejection(sideBySide(world, 3).apply(link('Bristol', 'c2'), options)).finally(() => {
      ended = true;
    });
    await others();
    gates.get('l02')!.open();
    await others();
    expect(ended).toBe(false);
    gates.get('l04')!.open();
    expect(await failing).toMatchObject({ code: 'repository_failed', cause: { message: 'down' } });
    expect(diffs.map(({ learnerId }) => learnerId)).toEqual(['l00', 'l01', 'l04', 'l05', 'l06', 'l07']);
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([{ ranges: [{ after: 'l01' }] }]);
    world.forget();
    expect((await world.engine.settle()).summary.enrolled).toBe(6);
    expect((await world.other().reconcile()).summary.learners).toBe(0);
  });

  it('the error of the failed batch is thrown, even if reporting the other batches fails', async () => {
    const world = await fresh();
    world.before('enrolments.write', ({ args }) => {
      const [{ learnerId }] = args[0] as [{ learnerId: string }];
      if (learnerId === 'l00') throw down();
    });
    const onDiff = () => Promise.reject(new Error('onDiff failed'));
    const failing = rejection(sideBySide(world, 3).apply(link('Bristol', 'c2'), { onDiff }));
    expect(await failing).toMatchObject({ code: 'repository_failed', cause: { message: 'down' } });
  });

  it.each([1, 3])('empty batches are recorded before the next page is read: %i', async (concurrency) => {
    const world = await fresh();
    const page = world.memory.learners.page.bind(world.memory.learners);
    world.memory.learners.page = (query) => page({ ...query, matching: { rule: { everyone: true }, placedIn: [] } });
    await sideBySide(world, concurrency).apply(link('Leeds', 'c2'));
    const steps = world.calls.map(({ method }) => method).filter((method) => /page|settled/u.test(method));
    const pages = Array.from({ length: 6 }, () => ['learners.page', 'catalog.settled']);
    expect(steps).toEqual(['catalog.settled', ...pages.flat(), 'learners.page', 'catalog.settled']);
  });

  it('concurrent batches together remove no more than the limits allow', async () => {
    const world = await fresh();
    world.beforeNth('transaction', 1, () => world.host.saveLearners(at('Leeds', ...everybody)));
    const limited = sideBySide(world, 3, { limits: { unenrolments: 5 } });
    expect(await rejection(limited.learnersChanged(everybody))).toMatchObject({ code: 'removal_limit' });
    expect(await world.held()).toHaveLength(8);
  });
});
