import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSmartEnrolmentsError, type SmartEnrolments } from '../../src/index.js';
import { readable } from '../../src/testkit/readable.js';
import { settled } from '../model/oracle.js';
import { act, ask, isLibraryStep, lines, Play } from '../model/play.js';
import { LEARNERS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { applySteps, freezingSteps, histories, learnerSteps, noticed, type Step, starts } from '../model/steps.js';
import { lagging, stalling } from '../testkit/faults.js';

/** The steps of one person or program, in order: an admin, an HR feed, a course catalog. */
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

/** Runs the steps of one actor on its own library object; an edit may be refused. */
async function perform(
  play: Play,
  scheduler: fc.Scheduler,
  library: SmartEnrolments,
  steps: readonly Step[],
): Promise<void> {
  for (const step of steps) {
    await scheduler.schedule(Promise.resolve(), step.do);
    if (!isLibraryStep(step)) await act(play.host, step);
    else await ask(library, step).catch((error: unknown) => checkRefusal(step, error));
  }
}

function checkRefusal(step: Step, error: unknown): void {
  const broken = !isSmartEnrolmentsError(error) || /contract_broken|repository_failed/u.test(error.code);
  if (step.do !== 'apply' || broken) throw error;
}

/** Checks that all learners hold what the current catalog and their current facts require. */
async function checkEnd(play: Play): Promise<void> {
  const catalog = await play.store.catalog.load();
  const people = new Map(readable(await play.store.learners.get(LEARNERS)).map((who) => [who.id, who]));
  const found = await play.holdings();
  const facts = { ...catalog, inactive: play.world.inactive };
  const due = [...found].map(
    ([id, state]) => [id, { ...state, assignments: settled(facts, people.get(id), state.assignments) }] as const,
  );
  expect(catalog.unsettled).toEqual([]);
  expect(lines(found)).toEqual(lines(new Map(due)));
}

const casts = fc.array(actors, { minLength: 2, maxLength: 3 });
const sizes = fc.constantFrom(2, 1000);

it('races: edits, notices and reconciles in any interleaving end in the right state without a further reconcile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      starts({ inactive: true }),
      casts,
      sizes,
      async (scheduler, start, cast, batchSize) => {
        const play = await Play.begin(start);
        const library = () => play.another((store) => lagging(store, scheduler), { batchSize });
        await scheduler.waitFor(Promise.all(cast.map((steps) => perform(play, scheduler, library(), steps))));
        await checkEnd(play);
      },
    ),
    runs(50),
  );
});

it('races: an operation that stalls at any call until the others end or wait for it does not affect the final state', async () => {
  const stalls = fc.record({ at: fc.nat(20), when: fc.constantFrom('before' as const, 'after' as const) });
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      starts({}),
      casts,
      stalls,
      sizes,
      async (scheduler, start, cast, stall, batchSize) => {
        const play = await Play.begin(start);
        let open = () => {};
        const gate = new Promise<void>((resolve) => {
          open = resolve;
        });
        const [first, ...others] = cast;
        const slow = play.another((store) => stalling(store, scheduler, stall, gate), { batchSize });
        const quick = () => play.another((store) => lagging(store, scheduler), { batchSize });
        const slowly = perform(play, scheduler, slow, first!);
        await scheduler.waitIdle();
        const all = Promise.all([slowly, ...others.map((steps) => perform(play, scheduler, quick(), steps))]);
        await scheduler.waitIdle();
        open();
        await scheduler.waitFor(all);
        await checkEnd(play);
      },
    ),
    runs(80),
  );
});

it('races: concurrent notices for each learner and an edit for all learners write each diff once, in any order', async () => {
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
