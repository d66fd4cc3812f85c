import { SmartEnrolmentsError } from '../errors.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw } from './fragment.js';

/** What the shorter of the databases allows. */
const LONGEST = 63;

/** Quotes the name of a column, or of a table with its schema before a dot, as the host gave it. */
export function quoted(dialect: Dialect, name: string, what: string): Fragment {
  const parts = String(name).split('.');
  const isName = (part: string): boolean => part.length > 0 && part.length <= LONGEST && !part.includes('\0');
  if (typeof name !== 'string' || !parts.every(isName)) {
    throw refused(
      what,
      `It is the name of a column, or of a table with its schema before a dot, of ${LONGEST} characters each.`,
    );
  }
  const mark = dialect === 'mysql' ? '`' : '"';
  return raw(parts.map((part) => `${mark}${part.replaceAll(mark, mark + mark)}${mark}`).join('.'));
}

/** Refuses an option of this subpath's. */
export function refused(what: string, message: string): SmartEnrolmentsError<'invalid_input'> {
  return new SmartEnrolmentsError('invalid_input', {
    issues: [{ code: 'wrong_type', path: what.split('.'), message }],
  });
}
