import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isSmartEnrolmentsError,
  type LimitExceeded,
  type Repositories,
  type SmartEnrolmentsError,
} from '../../src/index.js';
import { courseIds } from '../model/arbitraries.js';
import { expectedDiff } from '../model/expected-diff.js';
import { ask, type Holdings, lines, Play } from '../model/play.js';
import { LEARNERS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { applySteps, histories, individualSteps, type LibraryStep, learnerSteps } from '../model/steps.js';
import { recordingWrites } from '../testkit/faults.js';

const counts = fc.option(fc.nat(3), { nil: undefined });
const limits = fc.record({ unenrolments: counts, archives: counts }).map(({ unenrolments, archives }) => ({
  ...(unenrolments !== undefined && { unenrolments }),
  ...(archives !== undefined && { archives }),
}));
const fractions = fc.record(
  { fraction: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.99, 1), atLeast: fc.nat(3) },
  { requiredKeys: ['fraction'] },
);
const stale = histories(fc.oneof(learnerSteps({}), individualSteps), {}, 8);
const operations = fc.oneof<fc.Arbitrary<LibraryStep>[]>(
  applySteps,
  fc.constantFrom<LibraryStep>({ do: 'reconcile' }, { do: 'notice', ids: LEARNERS }),
);

type Refusal = SmartEnrolmentsError<'removal_limit'>;
const attempt = (run: Promise<unknown>): Promise<Refusal | undefined> =>
  run.then(
    () => undefined,
    (error: unknown) => {
      if (isSmartEnrolmentsError(error, 'removal_limit')) return error;
      throw error;
    },
  );
const smartlyHeld = (holdings: Holdings, courses?: readonly string[]) =>
  new Set(
    [...holdings.values()].flatMap(({ learnerId, assignments }) =>
      assignments
        .filter(({ courseId }) => !courses || courses.includes(courseId))
        .map(({ courseId }) => JSON.stringify([learnerId, courseId])),
    ),
  ).size;

/** What a reconcile of these courses would end and archive. */
function removals(
  play: Play,
  before: Holdings,
  courses?: readonly string[],
): { unenrolments: number; archives: number } {
  const due = play.expected(before);
  const ended = [...before.values()]
    .flatMap((state) => expectedDiff(play.world.facts, state, due.get(state.learnerId)!.assignments)?.unenrolled ?? [])
    .filter(({ courseId }) => !courses || courses.includes(courseId));
  return { unenrolments: ended.length, archives: ended.filter(({ training }) => training === 'archive').length };
}

it('limits: an operation above a count is refused before its first write, and completes once confirmed', async () => {
  await fc.assert(
    fc.asyncProperty(
      stale,
      operations,
      limits,
      fc.constantFrom(2, 1000),
      async ({ start, steps }, step, bounds, batchSize) => {
        const [play, twin] = [await Play.begin(start, { steps }), await Play.begin(start, { steps })];
        const before = await play.holdings();
        const { outcome, refused, after } = await twin.take(step);
        if (refused || !outcome) return;
        const found = { unenrolments: outcome.summary.unenrolled, archives: outcome.summary.archived };
        if (step.do !== 'apply') expect(found).toEqual(removals(play, before));
        const exceeded = (['unenrolments', 'archives'] as const)
          .filter((limit) => bounds[limit] !== undefined && found[limit] > bounds[limit])
          .map((limit): LimitExceeded => ({ limit, allowed: bounds[limit]!, found: found[limit] }));
        const writes: string[] = [];
        const careful = play.another((store) => recordingWrites(store, writes), { batchSize, limits: bounds });
        const refusal = await attempt(ask(careful, step));
        expect(refusal?.details.exceeded ?? []).toEqual(exceeded);
        if (refusal) {
          expect(writes).toEqual([]);
          expect(await play.holdings()).toEqual(before);
          const { fingerprint } = refusal.details;
          expect(await attempt(ask(careful, step, { confirm: `${fingerprint}0` }))).toBeDefined();
          expect(writes).toEqual([]);
          await ask(careful, step, { ...(fingerprint && { confirm: fingerprint }) });
        }
        expect(await play.holdings()).toEqual(after);
      },
    ),
    runs(50),
  );
});

it('limits: a fraction counts the enrolments in scope that smart assignments hold, and never gives less than the minimum', async () => {
  const scopes = fc.option(fc.uniqueArray(courseIds, { minLength: 1, maxLength: 3 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      stale,
      fractions,
      scopes,
      fc.subarray(LEARNERS),
      async ({ start, steps }, limit: { readonly fraction: number; readonly atLeast?: number }, courses, gone) => {
        const play = await Play.begin(start, { steps: [...steps, { do: 'delete', ids: gone }] });
        const before = await play.holdings();
        const allowed = Math.max(smartlyHeld(before, courses) * limit.fraction, limit.atLeast ?? 0);
        const writes: string[] = [];
        const careful = play.another((store) => recordingWrites(store, writes), { limits: { unenrolments: limit } });
        const refusal = await attempt(careful.reconcile(courses ? { courses } : {}));
        expect(refusal !== undefined).toBe(removals(play, before, courses).unenrolments > allowed);
        if (refusal) expect([writes, lines(await play.holdings())]).toEqual([[], lines(before)]);
      },
    ),
    runs(50),
  );
});

it('limits: a reconcile over an empty learner feed is refused', async () => {
  const none = (store: Repositories): Repositories => ({
    ...store,
    learners: { get: async () => [], page: async () => [] },
    transaction: (ids, work) => store.transaction(ids, (inside) => work(none(inside))),
  });
  await fc.assert(
    fc.asyncProperty(stale, fc.constantFrom(0.25, 0.9), async ({ start }, fraction) => {
      const play = await Play.begin({ ...start, prior: [] });
      const before = await play.holdings();
      const refusal = await attempt(play.another(none, { limits: { unenrolments: { fraction } } }).reconcile());
      expect(refusal !== undefined).toBe(smartlyHeld(before) > 0);
      expect(await play.holdings()).toEqual(before);
    }),
    runs(30),
  );
});
