import type { Dialect } from '../statement/driver.js';
import { type Fragment, joined, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';

/** A key of letters, digits and signs without a short escape in JSON. */
const PLAIN = /^[\w .:@+-]+$/u;
/** Where an escape of such a character begins: `\u0020` to `\u007f`. */
const ESCAPES = ['\\u002', '\\u003', '\\u004', '\\u005', '\\u006', '\\u007'];

/**
 * Returns a condition that JSON text may have a key twice, or written with escapes. SQLite and MySQL read such a key's first value, and profiles
 * have the last one, so these rows satisfy every hint. Undefined on Postgres, which reads the last one too.
 */
export function mayRepeatKey(dialect: Dialect, json: Fragment, key: string): Fragment | undefined {
  if (dialect === 'postgres') return undefined;
  const text = asText(dialect, json);
  const quoted = `"${key.replace(/[!%_]/gu, '!$&')}"`;
  const escapes = PLAIN.test(key) ? ESCAPES : ['\\'];
  const patterns = [`%${quoted}%${quoted}%`, ...escapes.map((start) => `%${start}%`)];
  return sql`(${joined(
    patterns.map((pattern) => sql`${text} LIKE ${pattern} ESCAPE '!'`),
    ' OR ',
  )})`;
}
