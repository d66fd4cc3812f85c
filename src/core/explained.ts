import { type Issues, parse } from '../validate/issues.js';

/**
 * Runs work on input that is too large to check each time. If it throws, the input is checked, and one `invalid_input` lists what is
 * wrong with it.
 */
export function explained<Result>(work: () => Result, check: (issues: Issues) => void): Result {
  try {
    return work();
  } catch (error) {
    parse(check);
    throw error;
  }
}
