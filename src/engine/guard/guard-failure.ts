import { isSmartEnrolmentsError, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';

/** Returns what to throw for an error of the host: inside a transaction the host must see its own error, outside it is wrapped. */
export type Failure = (method: string, error: unknown) => unknown;

/** Outside a transaction, the host's error is wrapped immediately. */
export const wrapped: Failure = (method, cause) => new SmartEnrolmentsError('repository_failed', { method }, { cause });

/** In a transaction of the host's, the error says so. */
export const wrappedInHosts: Failure = (method, cause) =>
  new SmartEnrolmentsError('repository_failed', { method, inHostsTransaction: true }, { cause });

/** An adapter that compares the revision with `expected` itself, as earlier versions required, finds a conflict every time. */
const COMPARED = 'It compares the revision with expected.revision: `expected` is an object.';

/**
 * Calls a method of the host and returns its result once it is checked. A `catalog_conflict` of a commit is rethrown as it is, because the
 * interface allows it. A result that throws when it is read is treated as a call that failed.
 */
export async function call<Result>(
  failure: Failure,
  method: string,
  run: () => Promise<Result>,
  check?: (result: Result) => void,
): Promise<Result> {
  let result: Result;
  try {
    result = await run();
  } catch (error) {
    if (method === 'catalog.commit' && isSmartEnrolmentsError(error, 'catalog_conflict'))
      throw typeof error.details.expected === 'number' ? error : broken(method, COMPARED, error);
    throw failure(method, error);
  }
  try {
    check?.(result);
  } catch (error) {
    throw isSmartEnrolmentsError(error, 'contract_broken') ? error : failure(method, error);
  }
  return result;
}

/** Makes the error for a promise that an adapter broke; `promise` is a sentence of its interface. */
export function broken(method: string, promise: string, cause?: unknown): SmartEnrolmentsError<'contract_broken'> {
  return new SmartEnrolmentsError('contract_broken', { method, promise }, cause === undefined ? undefined : { cause });
}
