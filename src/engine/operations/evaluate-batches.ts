import type { LearnerId } from '../../model/ids.js';
import type { LearnerState } from '../../model/learner.js';
import { eachBatch } from '../batches/each-batch.js';
import { type BatchEvaluation, blockedAmong, UnreadableOnce } from '../batches/evaluate.js';
import { Failures } from '../batches/failures.js';
import { inHalves } from '../batches/in-halves.js';
import type { Batch } from '../batches/walk.js';
import type { RunningOperation } from './running-operation.js';

/** What a dry run and a writing operation do differently with the batches of a walk. */
interface Evaluating<Result extends BatchEvaluation> {
  readonly batches: AsyncIterable<Batch>;
  /** Evaluates a batch or, after it failed, a part of it. */
  evaluate(batch: Batch): Promise<Result>;
  /** Records a result, with those of its counted states that no earlier result had. */
  record(states: readonly LearnerState[], result: Result): void;
  /** Called once every learner up to the end of this batch is done, so that the work can continue from there if it stops later. */
  reached?(batch: Batch): Promise<void> | void;
}

/**
 * Evaluates the batches of a walk, concurrently and in halves where they fail. Counts each learner, reports progress in the order of the
 * walk, and returns the learners who failed alone, with their errors.
 */
export async function evaluateBatches<Result extends BatchEvaluation>(
  running: RunningOperation,
  { batches, evaluate, record, reached }: Evaluating<Result>,
): Promise<ReadonlyMap<LearnerId, unknown>> {
  const { engine, options, tally } = running;
  const isDryRun = running.phase === 'check';
  const failures = new Failures();
  const unreadableOnce = new UnreadableOnce();
  running.checkpoint();
  await eachBatch<Result>(batches, engine.concurrency, {
    attempt(batch) {
      running.willEvaluate(batch.ids);
      return inHalves(batch.ids, {
        failures,
        signal: options.signal,
        run: (ids) => evaluate(partOf(batch, ids)),
        // If nothing is written, a learner who can be read shows that the store works.
        proves: ({ diffs }) => isDryRun || diffs.length > 0,
      });
    },
    async record(results) {
      for (const result of results) {
        const states = unreadableOnce.firstOf(result.counted);
        record(states, result);
        tally.block(blockedAmong(states, result));
        await running.recordBatch(states, result.diffs);
      }
    },
    async reached(batch) {
      if (failures.isEmpty) await reached?.(batch);
      if (!batch.isLast) await running.reportProgress();
      // What was written to the end of a range stays written; after a dry run nothing is.
      if (isDryRun || !batch.isLast) running.checkpoint();
    },
  });
  return failures.finish();
}

/** Returns the part of a batch with these learners. */
function partOf(batch: Batch, ids: readonly LearnerId[]): Batch {
  if (ids.length === batch.ids.length) return batch;
  const wanted = new Set(ids);
  return { ...batch, ids, learners: batch.learners?.filter(({ id }) => wanted.has(id)) };
}
