import { describe, expect, it } from 'vitest';
import { createSmartEnrolments, type Edit, field, type Learner } from '../../src/index.js';
import { at, collector, link, numbered, placed, rejection, segment, unlink, type World, worldOf } from './world.js';

const standing = [segment('Bristol'), segment('Leeds'), placed('team'), link('Bristol', 'c1'), link('Leeds', 'c2')];

async function lively(batchSize = 2): Promise<World> {
  const learners = [...at('Bristol', ...numbered(5)), ...at('Leeds', ...numbered(3, 'm'))];
  const world = await worldOf([...learners, { id: 'p', profile: {}, segments: ['team'] }], standing, { batchSize });
  await world.host.recordTraining('l00', 'c1', 'completed');
  await world.host.recordTraining('l01', 'c1', 'in-progress');
  await world.host.recordTraining('m00', 'c1', 'in-progress');
  await world.host.enrolIndividually('l02', 'c1');
  return world;
}

const changes: { readonly [name: string]: Edit | readonly Edit[] } = {
  'a new link, to people already there': link('Leeds', 'c1'),
  'an unlink': unlink('Bristol-c1'),
  'a rule that moves people': segment('Bristol', field('site').equals('Leeds')),
  'a course handed from one segment to another': [unlink('Bristol-c1'), link('team', 'c1'), link('Leeds', 'c1')],
  'a course handed on that no learner loses': [
    unlink('Bristol-c1'),
    link('Bristol', 'c1', { everyone: true }, 'again'),
  ],
  'a segment deleted with its link': [unlink('Leeds-c2'), { type: 'deleteSegment', segmentId: 'Leeds' }],
  'a title alone': { type: 'saveSegment', segment: { id: 'team', title: 'The team', rule: null } },
  'nothing new': standing,
};

describe('preview of edits', () => {
  it.each(Object.keys(changes))(
    'preview writes and locks nothing, and returns what apply then does: %s',
    async (name) => {
      const world = await lively();
      const before = await world.snapshot();
      const previewed = collector();
      const plan = await world.engine.preview(changes[name]!, previewed.options);
      expect(await world.snapshot()).toEqual(before);
      expect([...world.writes(), ...world.locked()]).toEqual([]);

      const done = collector();
      const outcome = await world.engine.apply(changes[name]!, done.options);
      expect(outcome.summary).toEqual(plan.summary);
      const sorted = (diffs: typeof previewed.diffs) => [...diffs].sort((a, b) => (a.learnerId < b.learnerId ? -1 : 1));
      expect(sorted(done.diffs)).toEqual(sorted(previewed.diffs));
      expect(done.diffs).toHaveLength(plan.summary.learners);
    },
  );

  it('preview returns the edits, the revision, and a summary of assignments and enrolments', async () => {
    const world = await lively();
    const plan = await world.engine.preview(unlink('Bristol-c1'));
    expect(plan).toEqual({
      format: 1,
      edits: [unlink('Bristol-c1')],
      revision: 1,
      exceeds: [],
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      summary: {
        learners: 5,
        assigned: 0,
        released: 5,
        enrolled: 0,
        resumed: 0,
        unenrolled: 4,
        archived: 1,
        kept: 1,
        courses: [{ courseId: 'c1', enrolled: 0, resumed: 0, unenrolled: 4, archived: 1 }],
        blocked: [],
        blockedTotal: 0,
      },
    });
  });

  it('preview returns the same fingerprint at any batch size until something changes', async () => {
    const prints = new Set<string>();
    for (const batchSize of [1, 2, 7, 1_000]) {
      const world = await lively(batchSize);
      for (let i = 0; i < 2; i++) prints.add((await world.engine.preview(link('Leeds', 'c1'))).fingerprint);
    }
    expect(prints.size).toBe(1);
    const world = await lively();
    await world.host.recordTraining('m01', 'c1', 'in-progress');
    prints.add((await world.engine.preview(link('Leeds', 'c1'))).fingerprint);
    prints.add((await world.engine.preview(link('Leeds', 'c1', undefined, 'other id'))).fingerprint);
    expect(prints.size).toBe(3);
  });
});

describe('preview of learners', () => {
  it('previewLearners returns what would change with the given facts, stores nothing and evaluates no other learner', async () => {
    const world = await lively();
    const before = await world.snapshot();
    const collected = collector();
    const { summary } = await world.engine.previewLearners(
      { learners: [...at('Leeds', 'l00'), ...at('Bristol', 'm00'), ...at('Leeds', 'm01'), ...at('Bristol', 'new')] },
      collected.options,
    );
    expect(summary).toMatchObject({ learners: 3, assigned: 3, released: 2, resumed: 1, unenrolled: 2, archived: 0 });
    expect(collected.diffs.map(({ learnerId }) => learnerId)).toEqual(['l00', 'm00', 'new']);
    expect(await world.snapshot()).toEqual(before);
    expect([...world.writes(), ...world.locked()]).toEqual([]);
    const read = world.of('enrolments.read').flatMap(({ args }) => args[0]);
    expect(read).toEqual(['l00', 'm00', 'm01', 'new']);
    expect(world.calls.map(({ method }) => method)).not.toContain('learners.page');
  });

  it('previewLearners returns what the notice does after the host has stored the learners', async () => {
    const world = await lively();
    const learners = [...at('Leeds', 'l00', 'l01', 'l02'), ...at('Nowhere', 'm00')];
    const { summary } = await world.engine.previewLearners({ learners });
    await world.host.saveLearners(learners);
    expect((await world.engine.learnersChanged(learners.map(({ id }) => id))).summary).toEqual(summary);
  });

  it('previewLearners of deleted learners returns what the notice then does, and the notice accepts its fingerprint', async () => {
    for (const batchSize of [1, 2, 1_000]) {
      const world = await worldOf(at('Bristol', ...numbered(4)), standing, { limits: { unenrolments: 2 }, batchSize });
      const learners = at('Leeds', 'l03');
      const deleted = ['l01', 'l00', 'unknown'];
      const { fingerprint, summary, exceeds } = await world.engine.previewLearners({ learners, deleted });
      expect(exceeds).toEqual([{ limit: 'unenrolments', allowed: 2, found: summary.unenrolled }]);
      await world.host.saveLearners(learners);
      await world.host.deleteLearners(['l00', 'l01']);
      const ids = ['unknown', 'l03', 'l00', 'l01'];
      expect(await rejection(world.engine.learnersChanged(ids))).toMatchObject({ details: { fingerprint } });
      expect((await world.engine.learnersChanged(ids, { confirm: fingerprint })).summary).toEqual(summary);
    }
  });

  it('previewLearners stops between batches when it is aborted, before asStored has read all learners', async () => {
    const world = await worldOf(at('Bristol', 'a'), standing, { batchSize: 1 });
    const controller = new AbortController();
    const sizes: number[] = [];
    const { learners } = world.memory;
    const asStored = async (some: readonly Learner[]) => {
      sizes.push(some.length);
      controller.abort(new Error('enough'));
      return some;
    };
    const engine = createSmartEnrolments({ ...world.memory, learners: { ...learners, asStored } }, { batchSize: 1 });
    const preview = engine.previewLearners({ learners: at('Leeds', 'a', 'b', 'c') }, { signal: controller.signal });
    await expect(preview).rejects.toThrow('enough');
    expect(sizes).toEqual([1]);
  });

  it('a preview of a rule on an undeclared field with malformed values freezes no learner afterwards', async () => {
    const world = await worldOf([{ id: 'a', profile: { address: {} as never, site: 'Bristol' } }], standing);
    await world.engine.preview(segment('Leeds', field('address').equals('x')));
    const { summary } = await world.engine.apply(link('Bristol', 'c3'));
    expect(summary).toMatchObject({ assigned: 1, blockedTotal: 0 });
  });

  it('previewLearners lists a learner whose row would be malformed', async () => {
    const world = await lively();
    await world.host.saveFields([{ id: 'site', type: 'text' }]);
    const { summary } = await world.engine.previewLearners({ learners: [{ id: 'l00', profile: { site: 7 } }] });
    expect(summary).toMatchObject({
      learners: 0,
      blockedTotal: 1,
      blocked: [{ kind: 'invalid-learner', learnerId: 'l00' }],
    });
  });
});
