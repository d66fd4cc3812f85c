import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSmartEnrolmentsError } from '../../src/index.js';
import { lagging } from '../model/faults.js';
import { settled } from '../model/oracle.js';
import { act, ask, isLibraryStep, lines, Play } from '../model/play.js';
import { LEARNERS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { applySteps, freezingSteps, histories, learnerSteps, noticed, type Step, starts } from '../model/steps.js';

/** What one person or program does, one step after the other: an admin, an HR feed, a catalog of courses. */
const actors = fc.oneof(
  { weight: 3, arbitrary: fc.array(applySteps, { minLength: 1, maxLength: 2 }) as fc.Arbitrary<Step[]> },
  {
    weight: 3,
    arbitrary: fc
      .array(learnerSteps({ inactive: true, invalid: true }).map(noticed), { minLength: 1, maxLength: 2 })
      .map((list) => list.flat()),
  },
  { weight: 1, arbitrary: freezingSteps.map((step): Step[] => [step, { do: 'reconcile' }]) },
);

it('races: edits, notices and reconciles that interleave anyhow end right, with no further reconcile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      starts({ inactive: true }),
      fc.array(actors, { minLength: 2, maxLength: 3 }),
      fc.constantFrom(2, 1000),
      async (scheduler, start, casts, batchSize) => {
        const play = await Play.begin(start);
        const perform = async (steps: readonly Step[]) => {
          const library = play.another((store) => lagging(store, scheduler), { batchSize });
          for (const step of steps) {
            await scheduler.schedule(Promise.resolve(), step.do);
            if (!isLibraryStep(step)) await act(play.host, step);
            else
              await ask(library, step).catch((error: unknown) => {
                if (
                  step.do !== 'apply' ||
                  !isSmartEnrolmentsError(error) ||
                  error.code === 'contract_broken' ||
                  error.code === 'repository_failed'
                )
                  throw error;
              });
          }
        };
        await scheduler.waitFor(Promise.all(casts.map(perform)));
        const catalog = await play.store.catalog.load();
        const people = new Map((await play.store.learners.get(LEARNERS)).map((who) => [who.id, who]));
        const found = await play.holdings();
        const facts = { ...catalog, inactive: start.inactive };
        const due = [...found].map(
          ([id, state]) => [id, { ...state, assignments: settled(facts, people.get(id), state.assignments) }] as const,
        );
        expect(catalog.unsettled).toEqual([]);
        expect(lines(found)).toEqual(lines(new Map(due)));
      },
    ),
    runs(60),
  );
});

it('races: a notice of each learner and an edit of everybody write each diff once, whoever comes first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      histories(learnerSteps({}), {}, 3),
      applySteps,
      async (scheduler, { start, steps }, edit) => {
        const play = await Play.begin(start, { steps });
        const before = await play.holdings();
        const net = new Map<string, number>();
        const count = (key: string, by: number) => net.set(key, (net.get(key) ?? 0) + by);
        const once = {
          onDiff: (
            diffs: readonly {
              learnerId: string;
              assigned: readonly { courseId: string; linkId: string }[];
              released: readonly { courseId: string; linkId: string }[];
            }[],
          ) => {
            for (const { learnerId, assigned, released } of diffs) {
              for (const { courseId, linkId } of assigned) count(JSON.stringify([learnerId, courseId, linkId]), 1);
              for (const { courseId, linkId } of released) count(JSON.stringify([learnerId, courseId, linkId]), -1);
            }
          },
        };
        const library = play.another((store) => lagging(store, scheduler), { batchSize: 3 });
        const asked = [edit, ...LEARNERS.map((id): Step => ({ do: 'notice', ids: [id] }))].filter(isLibraryStep);
        await scheduler.waitFor(
          Promise.all(
            asked.map((step) =>
              ask(library, step, once).catch((error: unknown) => {
                if (step.do !== 'apply') throw error;
              }),
            ),
          ),
        );
        const had = new Set(lines(before));
        const has = new Set(lines(await play.holdings()));
        for (const key of new Set([...had, ...has, ...net.keys()])) {
          expect([key, net.get(key) ?? 0]).toEqual([key, Number(has.has(key)) - Number(had.has(key))]);
        }
      },
    ),
    runs(30),
  );
});
