import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Edit, LearnerDiff } from '../../src/index.js';
import { Play } from '../model/play.js';
import { LEARNERS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { histories } from '../model/steps.js';
import { recordingWrites } from '../testkit/faults.js';

it('quiet: a repeated operation finds nothing to do and writes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), async ({ start, steps }) => {
      const writes: string[] = [];
      const play = await Play.begin(start, {
        steps: [...steps, { do: 'reconcile' }],
        around: (store) => recordingWrites(store, writes),
      });
      writes.length = 0;
      const diffs: LearnerDiff[] = [];
      const options = { onDiff: (batch: readonly LearnerDiff[]) => void diffs.push(...batch) };
      const { library, world } = play;
      const { revision } = await library.reconcile(options);
      await library.learnersChanged([...LEARNERS, ...LEARNERS], options);
      await library.settle(options);
      const { courses, segments, links } = world.facts;
      const linkable = (courseId: string) =>
        courses.some(({ id, enrolmentMethod }) => id === courseId && enrolmentMethod === 'by-assignment-only');
      const standing = [
        ...segments.map((segment): Edit => ({ type: 'saveSegment', segment })),
        ...links.filter(({ courseId }) => linkable(courseId)).map((link): Edit => ({ type: 'link', link })),
      ];
      const outcome = await library.apply(standing, options);
      expect(outcome.revision).toBe(revision);
      expect(diffs).toEqual([]);
      expect(writes).toEqual([]);
    }),
    runs(50),
  );
});
