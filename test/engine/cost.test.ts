import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { compile } from '../../src/catalog/compile.js';
import { type Edit, field } from '../../src/index.js';
import { at, collector, link, numbered, placed, segment, unlink, World, withoutOperations, worldOf } from './world.js';

// Test files share their modules; this one has its own, in which compiling is watched.
vi.hoisted(() => vi.resetModules());
vi.mock('../../src/catalog/compile.js', { spy: true });
afterAll(() => {
  vi.doUnmock('../../src/catalog/compile.js');
  vi.resetModules();
});

const compiled = vi.mocked(compile);
const standing = [segment('Bristol'), segment('Leeds'), placed('team'), link('Bristol', 'c1'), link('Leeds', 'c2')];
const concernedPeople = [...at('Bristol', ...numbered(5, 'b')), ...at('Leeds', ...numbered(5, 'm'))];

/** Who is locked, read and written, in order; not how they were found. */
function touched(world: World): unknown {
  const methods = ['transaction', 'learners.get', 'enrolments.read', 'enrolments.write', 'catalog.settled'];
  return withoutOperations(
    world.calls.flatMap(({ method, args }) => (methods.includes(method) ? [[method, args]] : [])),
  );
}

describe('an edit', () => {
  const edits: { readonly [name: string]: readonly [Edit | readonly Edit[], readonly string[]] } = {
    'a link': [link('Leeds', 'c1'), numbered(5, 'm')],
    'an unlink': [unlink('Bristol-c1'), numbered(5, 'b')],
    'a rule that moves learners': [
      segment('Bristol', field('site').equals('Leeds')),
      [...numbered(5, 'b'), ...numbered(5, 'm')],
    ],
    'a link narrowed': [link('Leeds', 'c2', field('site').equals('York')), numbered(5, 'm')],
    'a segment without links': [placed('team 2'), []],
  };

  it.each(Object.keys(edits))(
    'an edit locks, reads and writes only its audience and holders, however many learners there are: %s',
    async (name) => {
      const [edit, expected] = edits[name]!;
      const run = async (population: number) => {
        const world = await worldOf([...concernedPeople, ...at('York', ...numbered(population, 'y'))], standing, {
          batchSize: 3,
        });
        await world.engine.apply(edit);
        return world;
      };
      const few = await run(2);
      expect(few.locked()).toEqual(expected);
      expect(touched(await run(90))).toEqual(touched(few));
    },
  );

  it('an edit narrows the pages of a store that ignores the hint', async () => {
    const world = await worldOf([...concernedPeople, ...at('York', ...numbered(30, 'y'))], standing, { batchSize: 4 });
    const { learners } = world.memory;
    const page = learners.page.bind(learners);
    world.memory.learners.page = (query) => page({ ...query, matching: { rule: { everyone: true }, placedIn: [] } });
    const { summary } = await world.engine.apply(link('Leeds', 'c1'));
    expect(summary.assigned).toBe(5);
    expect(world.locked()).toEqual(numbered(5, 'm'));
  });

  it('an edit locks no learner for longer than a batch', async () => {
    const world = await worldOf(concernedPeople, standing, { batchSize: 2 });
    await world.engine.apply(link('Leeds', 'c1'));
    expect(world.of('transaction').map(({ args }) => args[0])).toEqual([['m00', 'm01'], ['m02', 'm03'], ['m04']]);
    for (const method of ['learners.get', 'enrolments.read', 'enrolments.write']) {
      expect(world.of(method).map(({ inside }) => inside)).toEqual([true, true, true]);
    }
  });
});

describe('the batch size', () => {
  async function history(batchSize: number): Promise<unknown> {
    const world = new World([...concernedPeople, { id: 'p', profile: {}, segments: ['team'] }], { batchSize });
    const { diffs, options } = collector();
    const { engine, host } = world;
    const summaries = [
      await engine.apply(standing, options),
      await engine.apply([link('team', 'c1'), link('Leeds', 'c1', { everyone: true })], options),
    ];
    await host.recordTraining('b01', 'c1', 'completed');
    await host.saveLearners([...at('Leeds', 'b00', 'b03'), ...at('York', 'm02')]);
    await host.deleteLearners(['b02', 'm04']);
    summaries.push(await engine.learnersChanged(['m02', 'b00'], options), await engine.reconcile(options));
    const { fingerprint } = await engine.preview([unlink('Bristol-c1'), segment('team', { everyone: true })], options);
    summaries.push(await engine.apply([unlink('Bristol-c1'), segment('team', { everyone: true })], options));
    const reported = diffs.map((diff) => JSON.stringify(diff)).sort();
    return { summaries: withoutOperations(summaries), fingerprint, reported, stored: await world.snapshot() };
  }

  it.each([2, 7, 1_000])('a batch size of %i has the same results as a batch size of 1', async (batchSize) => {
    expect(await history(batchSize)).toEqual(await history(1));
  });
});

describe('a catalog', () => {
  beforeEach(() => void compiled.mockClear());

  it('a catalog is compiled once, however many operations and batches use it', async () => {
    const world = await worldOf(concernedPeople, standing, { batchSize: 1 });
    compiled.mockClear();
    await world.engine.reconcile();
    await world.engine.learnersChanged(numbered(5, 'b'));
    await world.engine.explain('b00', 'c1');
    await world.engine.previewLearners({ learners: at('Leeds', 'b00', 'b01') });
    expect(compiled).toHaveBeenCalledTimes(1);
  });

  it('a catalog stays compiled while edits are previewed', async () => {
    const world = await worldOf(concernedPeople, standing);
    await world.engine.reconcile();
    compiled.mockClear();
    await world.engine.preview(link('Leeds', 'c1'));
    await world.engine.reconcile();
    expect(compiled).toHaveBeenCalledTimes(1);
  });

  it('a catalog is compiled once for an edit, although every batch records progress', async () => {
    const world = await worldOf(concernedPeople, standing, { batchSize: 1 });
    await world.engine.reconcile();
    compiled.mockClear();
    await world.engine.apply(unlink('Bristol-c1'));
    expect(world.of('catalog.settled').length).toBeGreaterThan(5);
    expect(compiled).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['courses', (world: World) => world.host.saveCourses([{ id: 'c1', enrolmentMethod: 'self' }]), 1],
    ['fields', (world: World) => world.host.saveFields([]), 2],
  ] as const)('a catalog is compiled again once its %s have changed', async (_, change, blockedTotal) => {
    const world = await worldOf(concernedPeople, standing);
    await world.engine.reconcile();
    await change(world);
    await world.host.saveLearners(at('York', 'b00', 'm00'));
    expect((await world.engine.reconcile()).summary).toMatchObject({ released: 2 - blockedTotal, blockedTotal });
  });
});
