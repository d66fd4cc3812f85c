import { describe, expect, it } from 'vitest';
import { field, type SettledRange } from '../../src/index.js';
import { expecting } from '../../src/testkit/fixtures.js';
import { at, collector, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const people = [...at('Bristol', ...numbered(6)), ...at('Leeds', ...numbered(6, 'm'))];
const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1')];
const move = segment('Bristol', field('site').equals('Leeds'));
const fresh = () => worldOf(people, standing, { batchSize: 2 });
const rows = (link: string, course: string, ids: readonly string[]) => ids.map((id) => `${id}/${course}/${link}`);

/** Stops the operation as its n-th batch has been written. */
async function stoppedAfter(world: World, batches: number): Promise<void> {
  const controller = new AbortController();
  let done = 0;
  const onDiff = () => {
    if (++done === batches) controller.abort('enough');
  };
  expect(await rejection(world.engine.apply(move, { signal: controller.signal, onDiff }))).toBe('enough');
}

describe('settle', () => {
  it('settle does nothing if no work is left', async () => {
    const world = await fresh();
    const { revision, summary } = await world.engine.settle();
    expect(revision).toBe(1);
    expect(summary).toMatchObject({ learners: 0, courses: [], blockedTotal: 0 });
    expect(world.calls.map(({ method }) => method)).toEqual(['catalog.load']);
    expect(await rejection(world.engine.settle({ signal: AbortSignal.abort('stopped') }))).toBe('stopped');
  });

  it.each([
    ['the holders', 1, [{ pass: 'holders', after: 'l01' }, { pass: 'audience' }], 5],
    ['the holders', 3, [{ pass: 'holders', after: 'l05' }, { pass: 'audience' }], 3],
    ['the audience', 4, [{ pass: 'audience', after: 'm01' }], 2],
  ] as const)('settle continues where an edit stopped among %s, after batch %i', async (_, batches, left, rest) => {
    const world = await fresh();
    await stoppedAfter(world, batches);
    const { unsettled } = await world.memory.catalog.load();
    expect(unsettled).toMatchObject([{ links: ['Bristol-c1'], courses: ['c1'], removedLinks: [] }]);
    expect(unsettled[0]).toMatchObject({ operation: { kind: 'apply', revision: 2 }, ranges: left });
    world.forget();

    const { revision, summary } = await world.engine.settle();
    expect(revision).toBe(2);
    expect(summary.learners).toBe(2 * rest);
    expect(world.locked()).toHaveLength(new Set(world.locked()).size);
    expect(world.locked()).toHaveLength(2 * rest);
    expect(await world.held()).toEqual(rows('Bristol-c1', 'c1', numbered(6, 'm')));
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });

  it('settle can be stopped and continued by another engine with other batches', async () => {
    const world = await fresh();
    await stoppedAfter(world, 1);
    const controller = new AbortController();
    const stop = { signal: controller.signal, onDiff: () => controller.abort('again') };
    expect(await rejection(world.engine.settle(stop))).toBe('again');
    const { summary } = await world.other({ batchSize: 7 }).settle();
    expect(summary).toMatchObject({ learners: 8, released: 2, assigned: 6 });
    expect(await world.held()).toEqual(rows('Bristol-c1', 'c1', numbered(6, 'm')));
  });

  it('settle finishes an edit that stopped right after its commit', async () => {
    const world = await fresh();
    world.before('enrolments.holders', () => Promise.reject(new Error('down')));
    expect(await rejection(world.engine.apply(move))).toMatchObject({ code: 'repository_failed' });
    expect(await world.held()).toEqual(rows('Bristol-c1', 'c1', numbered(6)));
    world.forget();
    expect((await world.engine.settle()).summary).toMatchObject({ learners: 12 });
  });

  it('settle evaluates a batch again whose progress could not be recorded, and changes nothing twice', async () => {
    const world = await fresh();
    world.before('catalog.settled', () => Promise.reject(new Error('down')));
    const collected = collector();
    await rejection(world.engine.apply(move, collected.options));
    world.forget();
    await world.engine.settle(collected.options);
    expect(collected.diffs.map(({ learnerId }) => learnerId)).toEqual([...numbered(6), ...numbered(6, 'm')]);
  });

  it('settle finishes the work of several edits', async () => {
    const world = await fresh();
    const { catalog } = world.memory;
    const nothing = { saveSegments: [], deleteSegments: [], deleteLinks: [] };
    for (const [expected, courseId] of [
      [1, 'c2'],
      [2, 'c3'],
    ] as const) {
      const link = { id: courseId, segmentId: 'Leeds', courseId };
      const work = { links: [courseId], courses: [courseId] };
      await catalog.commit({ ...nothing, saveLinks: [link] }, expecting(expected, work));
    }
    const { revision, summary } = await world.engine.settle();
    expect(revision).toBe(3);
    expect(summary).toMatchObject({ assigned: 12, courses: [{ courseId: 'c2' }, { courseId: 'c3' }] });
    expect((await catalog.load()).unsettled).toEqual([]);
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });

  it.each([
    ['an edit', link('Leeds', 'c2'), 3],
    ['an edit that changes nothing', [], 2],
  ] as const)('the next apply first settles outstanding work: %s', async (_, edits, revision) => {
    const world = await fresh();
    await stoppedAfter(world, 2);
    world.forget();
    let unsettled: readonly unknown[] | undefined;
    world.before('catalog.commit', async () => {
      ({ unsettled } = await world.memory.catalog.load());
    });
    expect((await world.engine.apply(edits)).revision).toBe(revision);
    if (revision === 3) expect(unsettled).toEqual([]);
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
    expect((await world.engine.reconcile()).summary.learners).toBe(0);
  });

  it('settle releases holders of a link that was removed since, and archives what they completed', async () => {
    const world = await fresh();
    await world.host.recordTraining('l05', 'c1', 'completed');
    const stop = AbortSignal.abort('now');
    const controller = new AbortController();
    world.before('enrolments.holders', () => controller.abort('now'));
    expect(await rejection(world.engine.apply(unlink('Bristol-c1'), { signal: controller.signal }))).toBe('now');
    expect(await rejection(world.engine.settle({ signal: stop }))).toBe('now');
    expect((await world.engine.settle()).summary).toMatchObject({ unenrolled: expect.any(Number), archived: 1 });
    expect(await world.held()).toEqual([]);
    expect(await world.host.archived('l05')).toEqual(['c1']);
  });

  it('settle does not change learners that a notice or a reconcile has settled since', async () => {
    const world = await fresh();
    for (const id of numbered(6)) await world.host.recordTraining(id, 'c1', 'completed');
    world.before('enrolments.holders', () => Promise.reject(new Error('down')));
    await rejection(world.engine.apply(unlink('Bristol-c1')));
    world.forget();
    expect((await world.engine.learnersChanged(['l00'])).summary).toMatchObject({ unenrolled: 1, archived: 1 });
    expect((await world.engine.reconcile({ upTo: 'l02' })).summary).toMatchObject({ unenrolled: 2, archived: 2 });
    expect((await world.engine.settle()).summary).toMatchObject({ unenrolled: 3, archived: 3 });
  });

  it('settle ends with the audience pass, whatever pass the work was in', async () => {
    const world = await fresh();
    await world.engine.apply(unlink('Bristol-c1'));
    const ends = world.of('catalog.settled').map(({ args }) => args[0] as SettledRange);
    expect(ends.filter(({ done }) => done).map(({ range }) => range)).toEqual([
      { pass: 'holders' },
      { pass: 'audience' },
    ]);
  });

  it('settle reports blocked learners of the audience pass, beside those of the holders pass', async () => {
    const world = await fresh();
    await world.host.saveLearners([{ id: 'l00x', profile: { site: 'Leeds' }, active: false }]);
    const { summary } = await world.engine.apply(segment('Bristol', { everyone: true }));
    expect(summary.blocked).toMatchObject([{ kind: 'inactive-learner', learnerId: 'l00x' }]);
  });

  it('settle evaluates no learners and courses that the edit does not affect', async () => {
    const world = await fresh();
    await stoppedAfter(world, 1);
    await world.host.saveLearners(at('York', 'y'));
    world.forget();
    await world.engine.settle();
    for (const { args } of world.of('enrolments.read')) expect(args[1]).toEqual({ courses: ['c1'] });
    expect(world.locked()).not.toContain('y');
  });
});
