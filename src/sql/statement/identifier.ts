import { SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw } from './fragment.js';

/** The most characters that every supported database allows. */
const LONGEST = 63;

/** The issue of an invalid name. */
export const IDENTIFIER_RULE = `expected the name of a column, or of a table with or without "schema." before it, each of at most ${LONGEST} characters`;

/** Whether this can be the name of a column, or of a table with or without its schema before a dot. */
export function isIdentifier(name: unknown): name is string {
  const isName = (part: string): boolean => part.length > 0 && part.length <= LONGEST && !part.includes('\0');
  return typeof name === 'string' && name.split('.').every(isName);
}

/** Quotes the name of a column, or of a table with or without its schema before a dot, as the host passed it. */
export function quoted(dialect: Dialect, name: string, what: string): Fragment {
  if (!isIdentifier(name)) throw invalidOption(what, IDENTIFIER_RULE);
  const parts = name.split('.');
  const mark = dialect === 'mysql' ? '`' : '"';
  return raw(parts.map((part) => `${mark}${part.replaceAll(mark, mark + mark)}${mark}`).join('.'));
}

/** Returns the error for an invalid option of this entry point. */
export function invalidOption(what: string, message: string): SmartEnrolmentsError<'invalid_input'> {
  return new SmartEnrolmentsError('invalid_input', {
    issues: [{ code: 'wrong_type', path: what.split('.'), message }],
  });
}
