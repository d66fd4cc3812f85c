import { SmartEnrolmentsError } from '../errors.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw } from './fragment.js';

/** What the shorter of the databases allows. */
const LONGEST = 63;

/** What a name is. */
export const IDENTIFIER_RULE = `It is the name of a column, or of a table with its schema before a dot, of ${LONGEST} characters each.`;

/** Whether this can be the name of a column, or of a table with its schema before a dot. */
export function isIdentifier(name: unknown): name is string {
  const isName = (part: string): boolean => part.length > 0 && part.length <= LONGEST && !part.includes('\0');
  return typeof name === 'string' && name.split('.').every(isName);
}

/** Quotes the name of a column, or of a table with its schema before a dot, as the host gave it. */
export function quoted(dialect: Dialect, name: string, what: string): Fragment {
  if (!isIdentifier(name)) throw refused(what, IDENTIFIER_RULE);
  const parts = name.split('.');
  const mark = dialect === 'mysql' ? '`' : '"';
  return raw(parts.map((part) => `${mark}${part.replaceAll(mark, mark + mark)}${mark}`).join('.'));
}

/** Refuses an option of this subpath's. */
export function refused(what: string, message: string): SmartEnrolmentsError<'invalid_input'> {
  return new SmartEnrolmentsError('invalid_input', {
    issues: [{ code: 'wrong_type', path: what.split('.'), message }],
  });
}
