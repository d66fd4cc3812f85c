import fc from 'fast-check';
import { expect, it } from 'vitest';
import { learners } from '../model/arbitraries.js';
import { holds, isFrozenLearner, isFrozenLink, settled } from '../model/oracle.js';
import { type Holdings, Play } from '../model/play.js';
import { COURSES } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { applySteps, freezingSteps, histories, individualSteps, type Step, steps } from '../model/steps.js';

const notices = fc.constantFrom('a', 'A').map((id): Step => ({ do: 'notice', ids: [id] }));
const onesided = fc.array(fc.oneof(applySteps, notices, individualSteps, fc.constant<Step>({ do: 'reconcile' })), {
  maxLength: 6,
});

it('no per-learner unenrol: no sequence of operations treats two learners with the same facts differently', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), learners({}, fc.constant('a')), onesided, async ({ start, steps }, facts, later) => {
      const play = await Play.begin(start, { steps });
      await play.takeAll([
        { do: 'save', learners: [facts, { ...facts, id: 'A' }] },
        { do: 'notice', ids: ['a'] },
        { do: 'notice', ids: ['A'] },
      ]);
      const inForce = (holdings: Holdings, id: string) => {
        const { links } = play.world.facts;
        const frozen = new Set(links.filter((link) => isFrozenLink(play.world.facts, link)).map((link) => link.id));
        return holdings.get(id)!.assignments.filter(({ linkId }) => !frozen.has(linkId));
      };
      for (const step of later) {
        await play.takeAll([step]);
        if (isFrozenLearner(play.world.facts, play.world.learners.get('a'))) return;
        const holdings = await play.holdings();
        expect(inForce(holdings, 'A')).toEqual(inForce(holdings, 'a'));
      }
    }),
    runs(60),
  );
});

it('no per-learner unenrol: after any history, the holders of a link in force are exactly its audience', async () => {
  await fc.assert(
    fc.asyncProperty(histories(fc.oneof(steps, freezingSteps)), async ({ start, steps }) => {
      const play = await Play.begin(start, { steps: [...steps, { do: 'reconcile' }] });
      const holdings = await play.holdings();
      const { facts, learners } = play.world;
      for (const [id, { assignments }] of holdings) {
        const due = settled(facts, learners.get(id), assignments);
        expect(new Set(assignments.map((one) => JSON.stringify(one)))).toEqual(
          new Set(due.map((one) => JSON.stringify(one))),
        );
      }
    }),
    runs(40),
  );
});

it('no per-learner unenrol: the explanation is no, and lists every link that holds the learner and both remedies', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(steps, { inactive: true }, 4),
      fc.constantFrom(...COURSES),
      async ({ start, steps }, courseId) => {
        const play = await Play.begin(start, { steps });
        for (const [id, { assignments, individual }] of await play.holdings()) {
          const { enrolled, holds: named, unenrol } = await play.library.explain(id, courseId);
          const held = assignments.filter((one) => one.courseId === courseId).map(({ linkId }) => linkId);
          expect(named.map(({ linkId }) => linkId)).toEqual(held);
          expect(enrolled).toBe(held.length > 0 || individual.includes(courseId));
          expect(unenrol.allowed).toBe(held.length === 0 && individual.includes(courseId));
          for (const linkId of held) {
            const link = play.world.links.get(linkId);
            if (link?.courseId !== courseId) continue;
            expect(unenrol.remedies).toContainEqual({ type: 'unlink', linkId });
            // Leaving would not release a learner who has left already or who is held by a frozen link.
            const { facts, learners } = play.world;
            const rules = [{ segment: link.segmentId }, link.rule ?? { everyone: true as const }];
            const who = learners.get(id);
            if (isFrozenLink(facts, link) || !who || !rules.every((rule) => holds(facts, rule, who))) continue;
            expect(unenrol.remedies).toContainEqual({ type: 'leave-segment', segmentId: link.segmentId });
          }
        }
      },
    ),
    runs(30),
  );
});
