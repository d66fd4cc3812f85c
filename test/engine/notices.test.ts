import { describe, expect, it } from 'vitest';
import { isSmartEnrolmentsError, type Limit } from '../../src/index.js';
import { at, link, numbered, rejection, segment, type World, worldOf } from './world.js';

const everybody = numbered(500);

/** 500 learners on a course; the first `leaving` have left; the limit of docs/tour.md by default. */
async function feed(
  leaving: number,
  options: object = {},
  limit: Limit = { fraction: 0.05, atLeast: 20 },
): Promise<World> {
  const world = await worldOf(at('Bristol', ...everybody), [segment('Bristol'), link('Bristol', 'c1')], {
    limits: { unenrolments: limit },
    ...options,
  });
  await world.host.saveLearners(at('Leeds', ...everybody.slice(0, leaving)));
  return world;
}

describe('a notice under { fraction: 0.05, atLeast: 20 }', () => {
  it.each([100, 1_000])(
    'a notice that would unenrol 500 of 500 learners is stopped, in batches of %i',
    async (batchSize) => {
      const world = await feed(500, { batchSize });
      const error = await rejection(world.engine.learnersChanged(everybody));
      expect(error).toMatchObject({
        code: 'removal_limit',
        details: { operation: 'learnersChanged', exceeded: [{ limit: 'unenrolments', allowed: 25, found: 500 }] },
      });
      expect(await world.held()).toHaveLength(500);
      const confirm = isSmartEnrolmentsError(error, 'removal_limit') ? error.details.fingerprint! : '';
      expect((await world.engine.learnersChanged([...everybody].reverse(), { confirm })).summary.unenrolled).toBe(500);
    },
  );

  it('a notice may unenrol 20 of 20 learners, and 25 of 500', async () => {
    const world = await feed(25);
    expect((await world.engine.learnersChanged(everybody.slice(0, 20))).summary.unenrolled).toBe(20);
    expect((await world.engine.learnersChanged(everybody)).summary.unenrolled).toBe(5);
  });

  it('the fingerprint that is computed under a lock equals that of a dry run', async () => {
    const prints = new Set<string>();
    for (const batchSize of [7, 499, 500, 10_000]) {
      const world = await feed(500, { batchSize });
      const error = await rejection(world.engine.learnersChanged(everybody));
      prints.add((error as { details: { fingerprint: string } }).details.fingerprint);
    }
    expect(prints.size).toBe(1);
  });

  it('limits on a notice of one batch are checked under its lock, without a dry run', async () => {
    const world = await feed(20);
    await world.engine.learnersChanged(everybody.slice(0, 20));
    expect(world.of('enrolments.read').map(({ inside }) => inside)).toEqual([true]);
  });

  it('limits on a notice of one batch that fails are checked for the whole batch before parts of it are tried', async () => {
    const world = await feed(500);
    world.before('enrolments.write', ({ args }) => {
      if ((args[0] as { learnerId: string }[]).some(({ learnerId }) => learnerId === 'l490')) throw new Error('no');
    });
    world.beforeNth('enrolments.read', 1, () => Promise.reject(new Error('the first read fails')));
    expect(await rejection(world.engine.learnersChanged(everybody))).toMatchObject({ code: 'removal_limit' });
    expect(await world.held()).toHaveLength(500);
  });

  it('the fingerprint of a notice covers the revision of the catalog', async () => {
    const world = await feed(500);
    const error = await rejection(world.engine.learnersChanged(everybody));
    const { fingerprint: confirm } = (error as { details: { fingerprint: string } }).details;
    await world.other().apply(segment('York'));
    expect(await rejection(world.engine.learnersChanged(everybody, { confirm }))).toMatchObject({
      code: 'removal_limit',
      details: { confirmed: confirm },
    });
  });
});

describe('ids of no learner', () => {
  it('a notice returns ids that belong to no learner and hold nothing', async () => {
    const world = await worldOf(at('Bristol', 'a', 'b'), [segment('Bristol'), link('Bristol', 'c1')]);
    await world.host.deleteLearners(['b']);
    const outcome = await world.engine.learnersChanged(['z', 'b', 'a', 'y', 'z']);
    expect(outcome).toMatchObject({ unknown: ['y', 'z'], summary: { unenrolled: 1 } });
    expect(await world.engine.learnersChanged(['a'])).not.toHaveProperty('unknown');
  });
});
