import { type Issues, parse } from '../validate/issues.js';

/**
 * Runs work on input that is too large to validate on every call. If the work throws, the input is validated, and one `invalid_input`
 * lists all issues; if there are none, the error is rethrown.
 */
export function validateOnError<Result>(work: () => Result, check: (issues: Issues) => void): Result {
  try {
    return work();
  } catch (error) {
    parse(check);
    throw error;
  }
}
