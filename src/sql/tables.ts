import type { Dialect } from './driver.js';
import type { Fragment } from './fragment.js';
import { quoted, refused } from './identifier.js';

/** The tables of the library's own. */
const NAMES = ['schema', 'catalog', 'segments', 'links', 'outstanding', 'learners', 'pairs'] as const;

/** Their names, quoted. */
export type Tables = { readonly [Name in (typeof NAMES)[number]]: Fragment };

/** What their names begin with, unless a host says otherwise. */
export const PREFIX = 'smart_enrolments_';

/** What a prefix is. */
export const PREFIX_RULE =
  'It is up to 40 letters, digits and underscores, with the name of a schema before a dot or without.';

/** Whether names of tables may begin with this. */
export function isPrefix(prefix: unknown): prefix is string {
  return typeof prefix === 'string' && /^(?:[A-Za-z_]\w{0,62}\.)?[A-Za-z_]\w{0,39}$/u.test(prefix);
}

/** The tables whose names begin with a prefix, which may name a schema before a dot. */
export function tablesOf(dialect: Dialect, prefix: string = PREFIX): Tables {
  if (!isPrefix(prefix)) throw refused('prefix', PREFIX_RULE);
  return Object.fromEntries(NAMES.map((name) => [name, quoted(dialect, prefix + name, 'prefix')])) as Tables;
}
