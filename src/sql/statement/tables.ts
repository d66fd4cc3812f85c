import type { Dialect } from './driver.js';
import type { Fragment } from './fragment.js';
import { invalidOption, quoted } from './identifier.js';

/** The library's own tables; `store/migrations` has their columns. */
export const TABLES = [
  'schema',
  'catalog',
  'segments',
  'links',
  'learners',
  'pairs',
  'outstanding',
  'assignments',
] as const;

/** Their names, quoted. */
export type Tables = { readonly [Name in (typeof TABLES)[number]]: Fragment };

/** The default prefix of their names. */
export const PREFIX = 'smart_enrolments_';

/** The issue of an invalid prefix. */
export const PREFIX_RULE =
  'expected at most 40 letters, digits and underscores, not beginning with a digit, with or without "schema." before them';

/** Whether this can be the prefix of table names. */
export function isPrefix(prefix: unknown): prefix is string {
  return typeof prefix === 'string' && /^(?:[A-Za-z_]\w{0,62}\.)?[A-Za-z_]\w{0,39}$/u.test(prefix);
}

/** The tables with a prefix, which may have a schema before a dot. */
export function tablesOf(dialect: Dialect, prefix: string = PREFIX): Tables {
  if (!isPrefix(prefix)) throw invalidOption('prefix', PREFIX_RULE);
  return Object.fromEntries(TABLES.map((name) => [name, quoted(dialect, prefix + name, 'prefix')])) as Tables;
}
