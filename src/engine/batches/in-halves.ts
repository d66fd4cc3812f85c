import { isRetryable } from '../../errors/retryable.js';
import { isSmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { LearnerId } from '../../model/ids.js';
import type { Failures } from './failures.js';

/** The results of the parts that succeeded, and the error that stopped the rest. */
export interface Tried<Result> {
  readonly results: readonly Result[];
  readonly stopped?: { readonly error: unknown };
}

/** How a batch is tried. */
interface Attempt<Result> {
  readonly failures: Failures;
  readonly signal: AbortSignal | undefined;
  /** Runs on some of the batch's learners. */
  run(ids: readonly LearnerId[]): Promise<Result>;
  /** Whether a result shows that the store works. */
  proves(result: Result): boolean;
}

/** Tries a batch. If it fails, tries its halves, and halves those that fail again, down to single learners (semantics §6). */
export async function inHalves<Result>(
  ids: readonly LearnerId[],
  { failures, signal, run, proves }: Attempt<Result>,
): Promise<Tried<Result>> {
  const results: Result[] = [];
  const queue: (readonly LearnerId[])[] = ids.length > 0 ? [ids] : [];
  try {
    for (let some = queue.shift(); some; some = queue.shift()) {
      if (some !== ids) signal?.throwIfAborted();
      try {
        const result = await run(some);
        results.push(result);
        failures.succeeded(proves(result));
      } catch (error) {
        if (!isConfinable(error, signal)) throw error;
        if (some.length === 1) failures.failedAlone(some[0]!, error);
        else {
          failures.failed(error);
          const middle = some.length >> 1;
          queue.unshift(some.slice(0, middle), some.slice(middle));
        }
      }
    }
  } catch (error) {
    return { results, stopped: { error } };
  }
  return { results };
}

/** Whether an error may be caused by single learners or a hint, and not by the operation or the store as a whole. */
export function isConfinable(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted || isRetryable(error)) return false;
  return !isSmartEnrolmentsError(error, 'removal_limit') && !isSmartEnrolmentsError(error, 'contract_broken');
}
