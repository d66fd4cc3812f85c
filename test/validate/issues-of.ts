import { expect } from 'vitest';
import { type InputIssue, isSmartEnrolmentsError } from '../../src/errors/smart-enrolments-error.js';

/** The issues of the `invalid_input` that a parser throws; fails when it throws anything else, or nothing. */
export function issuesOf(parser: () => unknown): readonly InputIssue[] {
  let thrown: unknown;
  try {
    parser();
  } catch (error) {
    thrown = error;
  }
  if (!isSmartEnrolmentsError(thrown, 'invalid_input')) throw thrown ?? new Error('nothing was thrown');
  expect(thrown.details.issues.length).toBeGreaterThan(0);
  return thrown.details.issues;
}

/** The same, as `code path` lines, which compare well. */
export function linesOf(parser: () => unknown): readonly string[] {
  return issuesOf(parser).map(({ code, path }) => `${code} ${path.join('.')}`.trim());
}
