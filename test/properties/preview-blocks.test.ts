import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockedId } from '../../src/catalog/blocked.js';
import type { LearnerDiff, Repositories, Summary } from '../../src/index.js';
import { ask, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { applySteps, histories } from '../model/steps.js';

const shapes = fc.record({ batchSize: fc.constantFrom(1, 3, 1000), concurrency: fc.constantFrom(1, 2, 3) });
const cause = new Error('The host cannot read this learner.');

/** Repositories that cannot read the holdings of these learners; they record the learners of each call, failed or not. */
function unreadable(
  store: Repositories,
  failing: readonly string[],
  reads: { readonly ids: readonly string[]; readonly failed: boolean }[],
): Repositories {
  return {
    ...store,
    enrolments: {
      ...store.enrolments,
      async read(ids, options) {
        const failed = ids.some((id) => failing.includes(id));
        reads.push({ ids, failed });
        if (failed) throw cause;
        return store.enrolments.read(ids, options);
      },
    },
    transaction: (ids, work) => store.transaction(ids, (inside) => work(unreadable(inside, failing, reads))),
  };
}

const byLearner = (diffs: readonly LearnerDiff[], failing: readonly string[]) =>
  diffs.filter(({ learnerId }) => !failing.includes(learnerId)).length;
const failures = ({ blocked }: Summary): string[] =>
  blocked.flatMap((one) => (one.reason.startsWith('The store fails') ? [blockedId(one)] : [])).sort();

it('a preview lists learners who fail alone as blocked, and counts everyone else', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(),
      applySteps,
      fc.infiniteStream(fc.boolean()),
      shapes,
      async ({ start, steps }, step, chosen, { batchSize, concurrency }) => {
        const [play, twin] = [await Play.begin(start, { steps }), await Play.begin(start, { steps })];
        const { refused, diffs } = await twin.take(step);
        if (refused || diffs.length === 0) return;
        const some = diffs.filter(() => chosen.next().value);
        const failing = (some.length > 0 ? some : diffs).map(({ learnerId }) => learnerId);
        const reads: { readonly ids: readonly string[]; readonly failed: boolean }[] = [];
        const before = await play.holdings();
        const library = play.another((store) => ({ ...unreadable(store, failing, reads), concurrency }), { batchSize });
        const plan = await library.preview(step.edits).then(
          (found) => found,
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'repository_failed', details: { method: 'enrolments.read' }, cause });
            return undefined;
          },
        );
        if (plan) {
          expect(failures(plan.summary)).toEqual([...failing].sort());
          expect(plan.summary.learners).toBe(byLearner(diffs, failing));
        }
        if (concurrency === 1) {
          const last = reads.findLastIndex(({ ids, failed }) => failed && ids.length === 1);
          const isSuspect = failing.length > 1 && !reads.slice(last + 1).some(({ failed }) => !failed);
          expect(plan === undefined).toBe(isSuspect);
        }
        expect(await play.holdings()).toEqual(before);
        await ask(play.library, step);
      },
    ),
    runs(50),
  );
});
