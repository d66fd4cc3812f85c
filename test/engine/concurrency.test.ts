import { describe, expect, it } from 'vitest';
import { type Edit, field } from '../../src/index.js';
import { at, collector, down, gate, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const everybody = numbered(6);
const standing = [segment('Bristol'), segment('Leeds'), link('Bristol', 'c1')];
const fresh = () =>
  worldOf([...at('Bristol', ...everybody), ...at('Leeds', ...numbered(3, 'm'))], standing, { batchSize: 2 });
const toLeeds = segment('Bristol', field('site').equals('Leeds'));

/** Everyone is in line, nothing is outstanding. */
async function expectQuiet(world: World): Promise<void> {
  expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  expect((await world.other().reconcile()).summary.learners).toBe(0);
}

/** Holds the n-th call of the method up until it is opened; `reached` resolves when it is there. */
function holdUp(world: World, method: string, n: number) {
  const [reached, held] = [gate(), gate()];
  world.beforeNth(method, n, () => {
    reached.open();
    return held.opened;
  });
  return { reached: reached.opened, open: held.open };
}

/** Lets everything run that does not wait for what is held up. */
async function others(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('concurrent applies', () => {
  it('concurrent applies on one engine all succeed, one after the other', async () => {
    const world = await fresh();
    const edits: Edit[] = [link('Bristol', 'c2'), link('Leeds', 'c3'), toLeeds];
    const outcomes = await Promise.all(edits.map((edit) => world.engine.apply(edit)));
    expect(outcomes.map(({ revision }) => revision).sort()).toEqual([2, 3, 4]);
    const held = ['c1/Bristol-c1', 'c2/Bristol-c2', 'c3/Leeds-c3'];
    expect(await world.held()).toEqual(numbered(3, 'm').flatMap((id) => held.map((row) => `${id}/${row}`)));
    await expectQuiet(world);
  });

  it('of two equal concurrent applies, one makes the change and the other finds it done', async () => {
    const world = await fresh();
    const outcomes = await Promise.all(
      [link('Leeds', 'c2'), link('Leeds', 'c2')].map((edit) => world.engine.apply(edit)),
    );
    expect(outcomes.map(({ revision }) => revision)).toEqual([2, 2]);
    expect(outcomes.reduce((total, { summary }) => total + summary.assigned, 0)).toBe(3);
    await expectQuiet(world);
  });

  it('of two concurrent applies that contradict each other, one is rejected', async () => {
    const world = await fresh();
    const [first, second] = await Promise.allSettled([
      world.engine.apply({ type: 'deleteSegment', segmentId: 'Leeds' }),
      world.engine.apply(link('Leeds', 'c2')),
    ]);
    expect([first!.status, second!.status].sort()).toEqual(['fulfilled', 'rejected']);
    await expectQuiet(world);
  });

  it.each([1, 2, 3, 4])(
    'an apply first settles the work of a concurrent apply that is delayed before its batch %i',
    async (n) => {
      const world = await fresh();
      const [first, second] = [collector(), collector()];
      const held = holdUp(world, 'transaction', n);
      const slow = world.engine.apply(toLeeds, first.options);
      await held.reached;
      await world.other({ batchSize: 3 }).apply(link('Bristol', 'c2'), second.options);
      held.open();
      await slow;
      const released = [...first.diffs, ...second.diffs].flatMap(({ learnerId, released }) =>
        released.length ? learnerId : [],
      );
      expect(released.sort()).toEqual(everybody);
      await expectQuiet(world);
    },
  );
});

describe('a concurrent edit and notice', () => {
  const moves = [...at('Leeds', 'l00', 'l05'), ...at('Bristol', 'm01', 'new')];
  const ids = moves.map(({ id }) => id);

  it.each(
    [
      'catalog.load',
      'catalog.commit',
      'enrolments.holders',
      'learners.page',
      'transaction',
      'enrolments.write',
    ].flatMap((method) => [1, 2, 3].map((n) => [method, n] as const)),
  )('an edit that is delayed before %s, call %i, and a notice end in the right state', async (method, n) => {
    for (const edit of [toLeeds, unlink('Bristol-c1'), link('Leeds', 'c2')]) {
      const world = await fresh();
      const held = holdUp(world, method, n);
      const slow = world.engine.apply(edit);
      await Promise.race([held.reached, slow]);
      await world.host.saveLearners(moves);
      const quick = world.other({ batchSize: 1 }).learnersChanged(ids);
      await others();
      held.open();
      await Promise.all([slow, quick]);
      await expectQuiet(world);
    }
  });

  it.each(
    ['transaction', 'learners.get', 'enrolments.read', 'enrolments.write'].flatMap((method) =>
      [1, 2].map((n) => [method, n] as const),
    ),
  )('a notice that is delayed before %s, call %i, and an edit end in the right state', async (method, n) => {
    for (const edits of [[toLeeds, link('Bristol', 'c2')], unlink('Bristol-c1'), link('Leeds', 'c2')]) {
      const world = await fresh();
      await world.host.saveLearners(moves);
      const held = holdUp(world, method, n);
      const slow = world.engine.learnersChanged(ids);
      await held.reached;
      const quick = world.other({ batchSize: 2 }).apply(edits);
      await others();
      held.open();
      await Promise.all([slow, quick]);
      await expectQuiet(world);
    }
  });

  it('an edit and a notice that start at the same time end in the right state', async () => {
    const world = await fresh();
    await world.host.saveLearners(moves);
    await Promise.all([
      world.engine.learnersChanged(ids),
      world.engine.apply(toLeeds),
      world.engine.learnersChanged([...ids].reverse()),
      world.engine.apply(link('Leeds', 'c2')),
      world.engine.reconcile(),
    ]);
    await expectQuiet(world);
  });
});

describe('concurrent settles', () => {
  async function left(): Promise<World> {
    const world = await fresh();
    world.beforeNth('transaction', 2, () => Promise.reject(down()));
    expect(await rejection(world.engine.apply(toLeeds))).toMatchObject({ code: 'repository_failed' });
    world.forget();
    return world;
  }

  it.each([
    [2, 2],
    [1, 3],
    [1_000, 1],
  ])('two engines that settle concurrently, in batches of %i and %i, change everything once', async (one, two) => {
    const world = await left();
    const [first, second] = [collector(), collector()];
    await Promise.all([
      world.other({ batchSize: one }).settle(first.options),
      world.other({ batchSize: two }).settle(second.options),
    ]);
    const reported = [...first.diffs, ...second.diffs].map(({ learnerId }) => learnerId);
    expect(reported.sort()).toEqual([...everybody.slice(2), ...numbered(3, 'm')]);
    await expectQuiet(world);
  });

  it('a delayed settle does not undo what another one has finished', async () => {
    for (const n of [1, 2, 3, 4, 5]) {
      const world = await left();
      const held = holdUp(world, 'catalog.settled', n);
      const slow = world.engine.settle();
      await Promise.race([held.reached, slow]);
      await world.other({ batchSize: 7 }).settle();
      held.open();
      await slow;
      await expectQuiet(world);
    }
  });
});
