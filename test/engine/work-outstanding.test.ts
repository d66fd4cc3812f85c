import { describe, expect, it } from 'vitest';
import { createSmartEnrolments, type Repositories } from '../../src/index.js';
import { at, down, link, numbered, rejection, segment, unlink, type World, worldOf } from './world.js';

const ids = numbered(4);

/** A world with work on course c1 that cannot be settled while `isDown()`; other courses can. */
async function interrupted(
  options: object = {},
): Promise<{ world: World; isDown: { now: boolean }; advance(ms: number): void }> {
  let now = 0;
  const clock = () => new Date(now);
  const world = await worldOf(at('Bristol', ...ids), [segment('Bristol'), segment('Leeds')], { clock, ...options });
  const isDown = { now: true };
  world.before('enrolments.write', ({ args }) => {
    const [{ assigned, released }] = args[0] as [
      { assigned: { courseId: string }[]; released: { courseId: string }[] },
    ];
    if (isDown.now && [...assigned, ...released].some(({ courseId }) => courseId === 'c1')) throw down();
  });
  await rejection(world.engine.apply(link('Bristol', 'c1')));
  world.calls = [];
  return {
    world,
    isDown,
    advance(ms) {
      now += ms;
    },
  };
}

describe('work that cannot be settled', () => {
  it('work that cannot be settled does not stop an edit on other courses, whose outcome lists it', async () => {
    const { world } = await interrupted();
    const outcome = await world.engine.apply(link('Bristol', 'c2'));
    expect(outcome).toMatchObject({
      summary: { enrolled: 4 },
      outstanding: [{ error: { code: 'repository_failed' } }],
    });
    const { unsettled } = await world.memory.catalog.load();
    expect(unsettled).toMatchObject([{ operation: { revision: 2 }, courses: ['c1'] }]);
    expect(outcome.outstanding.map(({ operation }) => operation)).toEqual([unsettled[0]!.operation.id]);
  });

  it('work that cannot be settled stops an edit on its own courses, with the error as the cause, and nothing is changed', async () => {
    const { world } = await interrupted();
    const before = await world.snapshot();
    const [work] = (await world.memory.catalog.load()).unsettled;
    expect(await rejection(world.engine.apply([link('Bristol', 'c2'), unlink('Bristol-c1')]))).toMatchObject({
      code: 'work_outstanding',
      details: { operation: work!.operation.id, courses: ['c1'] },
      cause: { code: 'repository_failed' },
    });
    expect(await world.snapshot()).toEqual(before);
  });

  it('apply tries failed work again after a delay that doubles, and settle tries it at any time', async () => {
    const { world, advance } = await interrupted();
    const tries = async (): Promise<number> => {
      world.calls = [];
      await world.engine.apply(segment('Leeds', { everyone: true })).catch(() => undefined);
      return world.of('enrolments.write').length;
    };
    const found: number[] = [];
    for (const ms of [0, 0, 999, 1, 1_999, 1, 3_999, 1]) {
      advance(ms);
      found.push(await tries());
    }
    expect(found).toEqual([1, 0, 0, 1, 0, 1, 0, 1]);
    world.calls = [];
    await rejection(world.engine.settle());
    expect(world.of('enrolments.write')).toHaveLength(1);
  });

  it('notices and reconciles also report failed work, until it is settled', async () => {
    const { world, isDown } = await interrupted();
    await world.engine.apply(link('Bristol', 'c2'));
    isDown.now = false;
    const { outstanding } = await world.engine.learnersChanged(['l00']);
    expect(outstanding).toMatchObject([{ operation: expect.any(String), error: { code: 'repository_failed' } }]);
    expect((await world.engine.settle()).outstanding).toEqual([]);
    expect((await world.engine.learnersChanged(['l00'])).outstanding).toEqual([]);
    expect(await world.held()).toHaveLength(8);
  });

  it('settle finishes other work although one piece fails', async () => {
    const { world } = await interrupted();
    const broken: Repositories = { ...world.memory, transaction: () => Promise.reject(down()) };
    await rejection(createSmartEnrolments(broken).apply(link('Bristol', 'c3')));
    expect((await world.memory.catalog.load()).unsettled).toHaveLength(2);
    expect(await rejection(world.engine.settle())).toMatchObject({ code: 'repository_failed' });
    expect((await world.memory.catalog.load()).unsettled).toMatchObject([{ courses: ['c1'] }]);
    expect((await world.held()).filter((row) => row.includes('/c3/'))).toHaveLength(4);
  });

  it('work that cannot be settled also stops the apply of a plan on its courses', async () => {
    const { world } = await interrupted();
    const plan = await world.engine.preview(unlink('Bristol-c1'));
    expect(await rejection(world.engine.apply(plan))).toMatchObject({ code: 'work_outstanding' });
    await world.engine.apply(await world.engine.preview(link('Bristol', 'c2')));
  });
});

describe('learners who fail while earlier work is settled', () => {
  it('apply reports the learners who fail while it settles earlier work', async () => {
    const { world } = await interrupted();
    world.before('enrolments.write', ({ args }) => {
      const [diff, ...more] = args[0] as { learnerId: string; assigned: { courseId: string }[] }[];
      if (more.length > 0 || diff!.learnerId === 'l01') {
        if (diff!.assigned[0]!.courseId === 'c1') throw new Error('no outbox');
      }
    });
    const error = await rejection(world.engine.apply(link('Bristol', 'c2')));
    expect(error).toMatchObject({
      code: 'some_failed',
      details: { failed: [{ learnerId: 'l01' }], outcome: { summary: { enrolled: 4 }, outstanding: [] } },
    });
    expect((await world.memory.catalog.load()).unsettled).toEqual([]);
  });
});
