import type { Repositories } from '../../repositories/repositories.js';
import { broken, type Failure } from './guard-failure.js';

const METHOD = 'transaction';

/** One run of the work. A host may run it again, for example to retry after a deadlock; then the last run counts. */
interface WorkRun<Result> {
  ended?: { readonly result: Result } | { readonly error: unknown };
  /** The last error that the host threw inside this run. */
  failed?: { readonly method: string; readonly error: unknown };
}

/**
 * Runs work in a transaction of the host. Inside, the host sees its own errors, so that it can retry; they are wrapped when they leave the
 * outermost transaction. An error of the work itself is rethrown unchanged, even if the host wraps it.
 */
export async function runTransaction<Result>(
  repositories: Repositories,
  learnerIds: readonly string[],
  work: (inside: Repositories) => Promise<Result>,
  failure: Failure,
  guardInside: (inside: Repositories, failure: Failure) => Repositories,
): Promise<Result> {
  let last: WorkRun<Result> | undefined;
  const runWork = async (inside: Repositories): Promise<Result> => {
    const run: WorkRun<Result> = {};
    last = run;
    const raw: Failure = (method, error) => {
      run.failed = { method, error };
      return error;
    };
    try {
      const result = await work(guardInside(inside, raw));
      run.ended = { result };
      return result;
    } catch (error) {
      run.ended = { error };
      throw error;
    }
  };

  let result: Result;
  try {
    result = await repositories.transaction(learnerIds, runWork);
  } catch (error) {
    throw whatFailed(last, error, failure);
  }
  const ended = endOf(last);
  if (!ended) throw broken(METHOD, 'It runs its work, and resolves only after the work has ended.');
  if ('error' in ended) throw broken(METHOD, 'It rejects when its work rejects.', ended.error);
  if (!Object.is(result, ended.result)) throw broken(METHOD, 'It resolves with the result of its work.');
  return result;
}

function whatFailed<Result>(last: WorkRun<Result> | undefined, rejection: unknown, failure: Failure): unknown {
  const ended = endOf(last);
  // The work did not run, did not end, or succeeded without a commit: the transaction itself failed.
  if (!ended || 'result' in ended) return failure(METHOD, rejection);
  const failed = last?.failed;
  return failed && Object.is(failed.error, ended.error) ? failure(failed.method, failed.error) : ended.error;
}

/** How the last run ended. This is a function because the compiler cannot see that the host called the work. */
function endOf<Result>(run: WorkRun<Result> | undefined): WorkRun<Result>['ended'] {
  return run?.ended;
}
