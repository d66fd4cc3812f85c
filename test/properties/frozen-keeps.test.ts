import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Facts, isFrozenLearner, isFrozenLink } from '../model/oracle.js';
import { type Holdings, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { freezingSteps, histories, type Step, steps } from '../model/steps.js';

const icy = fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 3, arbitrary: steps },
  { weight: 1, arbitrary: freezingSteps },
);

it('a frozen learner keeps their enrolments whatever the operation', async () => {
  await fc.assert(
    fc.asyncProperty(histories(icy), async ({ start, steps }) => {
      const play = await Play.begin(start);
      for (const step of steps) {
        const { world } = play;
        const frozenBefore = new Set(
          [...world.learners.values()].filter((who) => isFrozenLearner(world.facts, who)).map(({ id }) => id),
        );
        const { before, after } = await play.take(step);
        for (const [id, who] of world.learners) {
          if (!frozenBefore.has(id) || !isFrozenLearner(world.facts, who)) continue;
          expect(after.get(id)!.assignments).toEqual(before.get(id)!.assignments);
        }
      }
    }),
    runs(60),
  );
});

it('a frozen link keeps its holders and adds no learner until it is unlinked', async () => {
  const frozen = (facts: Facts) => facts.links.filter((link) => isFrozenLink(facts, link));
  const holders = (holdings: Holdings, id: string, courseId: string) =>
    [...holdings.values()]
      .filter(({ assignments }) => assignments.some((one) => one.linkId === id && one.courseId === courseId))
      .map(({ learnerId }) => learnerId);
  await fc.assert(
    fc.asyncProperty(histories(icy), async ({ start, steps }) => {
      const play = await Play.begin(start);
      for (const step of steps) {
        const wasFrozen = frozen(play.world.facts);
        const { before, after, refused } = await play.take(step);
        const isFrozen = frozen(play.world.facts).map(({ id }) => id);
        const unlinked =
          step.do === 'apply' && refused === undefined
            ? step.edits.flatMap((edit) => (edit.type === 'unlink' ? [edit.linkId] : []))
            : [];
        for (const { id, courseId } of wasFrozen) {
          if (isFrozen.includes(id) && !unlinked.includes(id))
            expect(holders(after, id, courseId)).toEqual(holders(before, id, courseId));
        }
      }
    }),
    runs(60),
  );
});
