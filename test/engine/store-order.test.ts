import { describe, expect, it } from 'vitest';
import type { LearnerDiff } from '../../src/index.js';
import { at, collector, down, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const everybody = numbered(5);
const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1'), link('Leeds', 'c2')];

/** A store that keeps people the other way round: from the greatest id down. */
async function downwards(batchSize: number): Promise<World> {
  const world = await worldOf([...at('Bristol', ...everybody), ...at('Leeds', 'k', 'm')], standing, { batchSize });
  const { learners, enrolments } = world.memory;
  const [page, holders] = [learners.page.bind(learners), enrolments.holders.bind(enrolments)];
  const part = <Row>(
    rows: readonly Row[],
    id: (row: Row) => string,
    q: { after?: string; upTo?: string; limit: number },
  ) =>
    [...rows]
      .reverse()
      .filter((row) => (q.after === undefined || id(row) < q.after) && (q.upTo === undefined || id(row) >= q.upTo))
      .slice(0, q.limit);
  world.memory.learners.page = async (q) => part(await page({ matching: q.matching, limit: 1_000 }), ({ id }) => id, q);
  world.memory.enrolments.holders = async (q) => part(await holders({ links: q.links, limit: 1_000 }), (id) => id, q);
  return world;
}

describe('a store with its own order of ids', () => {
  it.each([1, 2, 3, 100])('a walk follows the order of ids of the store, in batches of %i', async (batchSize) => {
    const world = await downwards(batchSize);
    await world.host.saveLearners(at('Leeds', 'l00', 'l03'));
    await world.host.deleteLearners(['l01', 'm']);
    expect((await world.engine.reconcile()).summary).toMatchObject({ learners: 4, assigned: 2, released: 4 });
    expect(world.locked()).toEqual(expect.arrayContaining(['m', 'l01', 'l04', 'l03', 'l02', 'l00', 'k']));
    expect(world.locked()).toHaveLength(7);
    await world.engine.apply([unlink('Bristol-c1'), link('Leeds', 'c3')]);
    expect(await world.held()).toEqual(['k', 'l00', 'l03'].flatMap((id) => [`${id}/c2/Leeds-c2`, `${id}/c3/Leeds-c3`]));
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });

  it('a reconcile or an edit continues where it stopped, in the order of ids of the store', async () => {
    const world = await downwards(2);
    await world.host.saveLearners(at('Leeds', ...everybody));
    await world.engine.reconcile({ after: 'l02', upTo: 'l00' });
    expect((await world.held()).filter((row) => row.endsWith('Leeds-c2')).map((row) => row.split('/')[0])).toEqual([
      'k',
      'l00',
      'l01',
      'm',
    ]);
    world.beforeNth('transaction', 2, () => Promise.reject(down()));
    await rejection(world.engine.apply(unlink('Leeds-c2')));
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([
      { ranges: [{ pass: 'holders', after: 'l01' }, { pass: 'audience' }] },
    ]);
    await world.engine.settle();
    expect((await world.held()).filter((row) => row.endsWith('Leeds-c2'))).toEqual([]);
  });

  it('the fingerprint is the same at any batch size, in any order of ids', async () => {
    const prints = new Set<string>();
    for (const batchSize of [1, 2, 3, 100]) {
      const edits = [unlink('Bristol-c1'), link('Leeds', 'c1', { everyone: true })];
      prints.add((await (await downwards(batchSize)).engine.preview(edits)).fingerprint);
    }
    expect(prints.size).toBe(1);
  });

  it('the diffs of a batch are in order of learner ids, whatever the order of the store', async () => {
    const world = await downwards(3);
    const batches: string[][] = [];
    const onDiff = (diffs: readonly LearnerDiff[]) => void batches.push(diffs.map(({ learnerId }) => learnerId));
    await world.engine.apply(unlink('Bristol-c1'), { onDiff });
    expect(batches).toEqual([
      ['l02', 'l03', 'l04'],
      ['l00', 'l01'],
    ]);
  });
});

describe('ids', () => {
  it('ids may be any strings: no learner is skipped or evaluated twice', async () => {
    const ids = ['', ' ', '0', '__proto__', 'constructor', '\ud800', '\udfff', '\uffff', '😀', 'a\u0000b'];
    const [first, second] = [collector(), collector()];
    const world = await worldOf(at('Bristol', ...ids), [segment('Bristol')], { batchSize: 1 });
    await world.engine.apply(link('Bristol', 'c1', undefined, ''), first.options);
    expect(first.diffs.map(({ learnerId }) => learnerId).sort()).toEqual([...ids].sort());
    await world.host.saveLearners(at('York', ...ids));
    await world.engine.reconcile({ ...second.options, after: '' });
    expect(second.diffs).toHaveLength(ids.length - 1);
    expect((await world.engine.learnersChanged(ids)).summary.learners).toBe(1);
    expect(await world.held()).toEqual([]);
  });
});
