import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../errors.js';

/** Says what to throw for an error of the host's: it depends on whether the host's own transaction is still to see it. */
export type Failure = (method: string, error: unknown) => unknown;

/** Outside a transaction the host's error is wrapped at once. */
export const wrapped: Failure = (method, cause) => new SmartEnrolmentsError('repository_failed', { method }, { cause });

/** An adapter that compares the revision with `expected` itself, as earlier versions asked, finds a conflict each time. */
const COMPARED = 'It compares the revision with expected.revision: `expected` is an object.';

/**
 * Calls a method of the host's and answers what it answers, once checked; a `catalog_conflict` of a commit passes, as the interface says.
 * An answer that throws when it is looked at failed like one that never came.
 */
export async function call<Answer>(
  failure: Failure,
  method: string,
  run: () => Promise<Answer>,
  check?: (answer: Answer) => void,
  passesConflicts = false,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await run();
  } catch (error) {
    if (passesConflicts && isSmartEnrolmentsError(error, 'catalog_conflict'))
      throw typeof error.details.expected === 'number' ? error : broken(method, COMPARED, error);
    throw failure(method, error);
  }
  try {
    check?.(answer);
  } catch (error) {
    throw isSmartEnrolmentsError(error, 'contract_broken') ? error : failure(method, error);
  }
  return answer;
}

/** The error for a promise that an adapter did not keep; `promise` is a sentence of its interface. */
export function broken(method: string, promise: string, cause?: unknown): SmartEnrolmentsError<'contract_broken'> {
  return new SmartEnrolmentsError('contract_broken', { method, promise }, cause === undefined ? undefined : { cause });
}
