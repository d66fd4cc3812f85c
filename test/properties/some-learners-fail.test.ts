import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSmartEnrolmentsError, type LearnerDiff } from '../../src/index.js';
import { ask, type Holdings, lines, Play } from '../model/play.js';
import { LEARNERS } from '../model/pools.js';
import { runs } from '../model/runs.js';
import { applySteps, type History, histories, type LibraryStep } from '../model/steps.js';
import { failedAlone, isStoreSuspect, recording, type Try } from './tries.js';

const operations = fc.oneof<fc.Arbitrary<LibraryStep>[]>(
  applySteps,
  fc.constantFrom<LibraryStep>({ do: 'reconcile' }, { do: 'notice', ids: LEARNERS }),
);
const shapes = fc.record({ batchSize: fc.constantFrom(1, 3, 1000), concurrency: fc.constantFrom(1, 2, 3) });
const picks = fc.infiniteStream(fc.boolean());

/** Chooses at least one learner from those who change. */
type Choice = (diffs: readonly LearnerDiff[]) => readonly string[];

const of = (holdings: Holdings, ids: readonly string[]): Holdings =>
  new Map([...holdings].filter(([id]) => ids.includes(id)));

/** Runs an operation that cannot write these learners, and the same operation without a failure. */
async function check(
  { start, steps }: History,
  step: LibraryStep,
  choose: Choice,
  { batchSize, concurrency }: { readonly batchSize: number; readonly concurrency: number },
): Promise<void> {
  const [play, twin] = [await Play.begin(start, { steps }), await Play.begin(start, { steps })];
  const before = await play.holdings();
  const { outcome, refused, diffs, after } = await twin.take(step);
  if (refused || diffs.length === 0) return;

  const failing = choose(diffs);
  const others = [...before.keys()].filter((id) => !failing.includes(id));
  const cause = new Error('The host cannot write this learner.');
  const refuse = (written: readonly LearnerDiff[]): void => {
    if (written.some(({ learnerId }) => failing.includes(learnerId))) throw cause;
  };
  const tries: Try[] = [];
  const library = play.another((store) => ({ ...recording(store, refuse, tries), concurrency }), { batchSize });
  const error = await ask(library, step).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  play.world.take(step);
  const now = await play.holdings();
  expect(of(now, failing)).toEqual(of(before, failing));

  const { unsettled } = await play.store.catalog.load();
  const evaluated = new Set(tries.flatMap(({ ids }) => ids));
  if (isSmartEnrolmentsError(error, 'some_failed')) {
    expect(evaluated.size).toBeGreaterThan(1);
    expect(error.details.failed.map(({ learnerId }) => learnerId).sort()).toEqual([...failing].sort());
    for (const { error: own } of error.details.failed) expect(own).toMatchObject({ code: 'repository_failed', cause });
    expect(error.details.outcome.summary.learners).toBe(outcome!.summary.learners - failing.length);
    expect(of(now, others)).toEqual(of(after, others));
    expect(unsettled).toEqual([]);
  } else {
    expect(error).toMatchObject({ code: 'repository_failed', cause });
    const isOnlyOne = evaluated.size === 1;
    expect(isOnlyOne || failing.length > 1).toBe(true);
    expect(unsettled.length > 0).toBe(!isOnlyOne && step.do === 'apply');
    // Once the cause is removed, the work continues and skips no learner.
    if (step.do === 'apply') await play.library.settle();
    if (step.do !== 'apply') await ask(play.library, step);
    if (!isOnlyOne || step.do !== 'apply') expect(await play.holdings()).toEqual(after);
  }
  if (concurrency === 1) {
    const isSuspect = isStoreSuspect(tries);
    expect(isSmartEnrolmentsError(error, 'some_failed')).toBe(!isSuspect && evaluated.size > 1);
    if (!isSuspect) expect(failedAlone(tries)).toEqual([...failing].sort());
  }

  await play.library.reconcile();
  const settled = await play.holdings();
  expect(lines(settled)).toEqual(lines(play.expected(settled)));
  await twin.library.reconcile();
  expect(settled).toEqual(await twin.holdings());
}

it('if one learner cannot be written, all others are settled and the error names the learner', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), operations, fc.nat(), shapes, (history, step, at, shape) =>
      check(history, step, (diffs) => [diffs[at % diffs.length]!.learnerId], shape),
    ),
    runs(50),
  );
});

it('if several learners cannot be written, the operation names all of them, or stops and later continues without skipping any', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), operations, picks, shapes, (history, step, chosen, shape) =>
      check(
        history,
        step,
        (diffs) => {
          const some = diffs.filter(() => chosen.next().value);
          return (some.length > 0 ? some : diffs).map(({ learnerId }) => learnerId);
        },
        shape,
      ),
    ),
    runs(100),
  );
});

it('if the store cannot use a hint, an edit settles the same learners without it', async () => {
  await fc.assert(
    fc.asyncProperty(histories(), applySteps, shapes, async ({ start, steps }, step, { batchSize, concurrency }) => {
      const [play, twin] = [await Play.begin(start, { steps }), await Play.begin(start, { steps })];
      const { outcome, refused, after } = await twin.take(step);
      if (refused) return;
      const library = play.another(
        (store) => ({
          ...store,
          concurrency,
          learners: {
            ...store.learners,
            async page(query) {
              if (query.matching) throw new Error('The host cannot use this hint.');
              return store.learners.page(query);
            },
          },
        }),
        { batchSize },
      );
      expect((await ask(library, step)).summary.learners).toBe(outcome!.summary.learners);
      expect(await play.holdings()).toEqual(after);
    }),
    runs(50),
  );
});
