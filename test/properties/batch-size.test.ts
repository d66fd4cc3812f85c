import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSmartEnrolmentsError, type LearnerDiff, type Plan, type Repositories } from '../../src/index.js';
import { withoutOperations } from '../engine/world.js';
import { byCodePoint } from '../model/expected-diff.js';
import { lines, Play } from '../model/play.js';
import { runs } from '../model/runs.js';
import { applySteps, histories, steps } from '../model/steps.js';

/** How large batches are, and how many run concurrently. */
const ways = [
  [1, 1],
  [1, 3],
  [2, 1],
  [2, 2],
  [7, 3],
  [1000, 1],
] as const;

it('batch size and concurrency do not change the diffs, the plan fingerprint, the refusals or the final state', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories(steps, { inactive: true, invalid: true }, 6),
      applySteps,
      async ({ start, steps }, { edits }) => {
        const results = [];
        for (const [batchSize, concurrency] of ways) {
          const around = (store: Repositories): Repositories => ({ ...store, concurrency });
          const play = await Play.begin(start, { steps, batchSize, around });
          const collected = async (
            run: (options: { onDiff(batch: readonly LearnerDiff[]): void }) => Promise<unknown>,
          ) => {
            const diffs: LearnerDiff[] = [];
            const answer = await run({ onDiff: (batch) => void diffs.push(...batch) }).catch((error: unknown) => {
              if (!isSmartEnrolmentsError(error)) throw error;
              return [error.code, error.details];
            });
            expect(new Set(diffs.map(({ learnerId }) => learnerId)).size).toBe(diffs.length);
            return [withoutOperations(answer), diffs.sort((a, b) => byCodePoint(a.learnerId, b.learnerId))];
          };
          const strict = play.another(around, { batchSize, limits: { unenrolments: 0, archives: 0 } });
          results.push([
            await collected((options) => play.library.preview(edits, options)),
            await collected((options) => strict.reconcile(options)),
            await collected((options) => strict.apply(edits, options)),
            await collected((options) => play.library.apply(edits, options)),
            await collected((options) => play.library.reconcile(options)),
            lines(await play.holdings()),
          ]);
        }
        for (const result of results.slice(1)) expect(result).toEqual(results[0]);
        const [plan] = results[0]![0] as [Plan];
        if (!Array.isArray(plan)) expect(plan.fingerprint).not.toBe('');
      },
    ),
    runs(25),
  );
});
