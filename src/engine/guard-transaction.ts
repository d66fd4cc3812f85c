import type { Repositories } from '../repositories/repositories.js';
import { broken, type Failure } from './guard-failure.js';

const METHOD = 'transaction';

/** One run of the work: a host may run it again, as a retry of a deadlock does, and then the last run counts. */
interface Run<Answer> {
  ended?: { readonly answer: Answer } | { readonly error: unknown };
  /** The last error of the host's inside this run, as the host threw it. */
  failed?: { readonly method: string; readonly error: unknown };
}

/**
 * Runs work in a transaction of the host's. Inside, the host sees its own errors, so that it can retry on them; they are
 * wrapped where they leave the outermost transaction. What the work itself throws leaves untouched, whatever the host makes of it.
 */
export async function runTransaction<Answer>(
  repositories: Repositories,
  learnerIds: readonly string[],
  work: (inside: Repositories) => Promise<Answer>,
  failure: Failure,
  guardInside: (inside: Repositories, failure: Failure) => Repositories,
): Promise<Answer> {
  let last: Run<Answer> | undefined;
  const runWork = async (inside: Repositories): Promise<Answer> => {
    const run: Run<Answer> = {};
    last = run;
    const raw: Failure = (method, error) => {
      run.failed = { method, error };
      return error;
    };
    try {
      const answer = await work(guardInside(inside, raw));
      run.ended = { answer };
      return answer;
    } catch (error) {
      run.ended = { error };
      throw error;
    }
  };

  let answer: Answer;
  try {
    answer = await repositories.transaction(learnerIds, runWork);
  } catch (error) {
    throw whatFailed(last, error, failure);
  }
  const ended = endOf(last);
  if (!ended) throw broken(METHOD, 'It runs its work, and resolves only after the work has ended.');
  if ('error' in ended) throw broken(METHOD, 'It rejects when its work rejects.', ended.error);
  if (!Object.is(answer, ended.answer)) throw broken(METHOD, 'It answers what its work answered.');
  return answer;
}

function whatFailed<Answer>(last: Run<Answer> | undefined, rejection: unknown, failure: Failure): unknown {
  const ended = endOf(last);
  // The work has not run, has not ended, or has succeeded and was not committed: the transaction itself failed.
  if (!ended || 'answer' in ended) return failure(METHOD, rejection);
  const failed = last?.failed;
  return failed && Object.is(failed.error, ended.error) ? failure(failed.method, failed.error) : ended.error;
}

/** How the last run ended; a function, because the compiler cannot see that the host called the work. */
function endOf<Answer>(run: Run<Answer> | undefined): Run<Answer>['ended'] {
  return run?.ended;
}
