import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds } from '../model/oracle.js';
import { Play } from '../model/play.js';
import { COURSES } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { calmSteps, histories, noticed } from '../model/steps.js';

it('union of segments: each learner is enrolled on the courses linked to their segments and on their individual courses', async () => {
  await fc.assert(
    fc.asyncProperty(histories(calmSteps, {}, 6), fc.constantFrom(...COURSES), async ({ start, steps }, courseId) => {
      const play = await Play.begin(start, { steps: steps.flatMap(noticed) });
      const { facts, learners, individual } = play.world;
      for (const [id, state] of await play.holdings()) {
        const who = learners.get(id);
        const linked = facts.links.filter(
          ({ segmentId, rule }) =>
            who && holds(facts, { segment: segmentId }, who) && holds(facts, rule ?? { everyone: true }, who),
        );
        const union = new Set([...linked.map((link) => link.courseId), ...(individual.get(id) ?? [])]);
        const enrolled = new Set([...state.assignments.map((one) => one.courseId), ...state.individual]);
        expect([...enrolled].sort()).toEqual([...union].sort());
        expect((await play.library.explain(id, courseId)).enrolled).toBe(union.has(courseId));
      }
    }),
    runs(40),
  );
});
