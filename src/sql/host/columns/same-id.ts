import type { Dialect } from '../../statement/driver.js';
import { type Fragment, raw, sql } from '../../statement/fragment.js';
import type { IdKind } from '../../statement/id-kind.js';
import { quoted } from '../../statement/identifier.js';
import type { ColumnFacts } from './column-facts.js';

/** A column of an id, with its facts. */
export interface IdColumn {
  readonly column: Fragment;
  readonly facts: ColumnFacts | undefined;
}

/** Whether `=` on a column distinguishes all values whose text differs. */
export function isIdentity(dialect: Dialect, facts: ColumnFacts | undefined): boolean {
  if (!facts) return false;
  return facts.isExact || (dialect !== 'sqlite' && facts.collation === null);
}

/**
 * A condition that two columns have the same id, compared as the database itself does for a foreign key, by the collation of the column that is
 * looked up. It can use an index on that column.
 */
export function sameId(dialect: Dialect, lookedUp: IdColumn, other: IdColumn, kind: IdKind): Fragment {
  const { column } = lookedUp;
  if (kind === 'uuid' && !foldsCase(dialect, lookedUp.facts)) {
    return sql`${column} IN (${other.column}, LOWER(${other.column}), UPPER(${other.column}))`;
  }
  return sql`${column} = ${other.column}${collate(dialect, lookedUp.facts, other.facts)}`;
}

/** Whether a column of uuids compares them without regard to case. */
export function foldsCase(dialect: Dialect, facts: ColumnFacts | undefined): boolean {
  if (dialect === 'postgres') return true;
  return dialect === 'mysql' && (facts?.type === 'uuid' || /_[ac]i$/u.test(facts?.collation ?? ''));
}

/** Databases reject a comparison of two columns with different collations, unless the statement chooses one. */
function collate(dialect: Dialect, wanted: ColumnFacts | undefined, other: ColumnFacts | undefined): Fragment {
  if (!wanted?.collation || !other?.collation || wanted.collation === other.collation) return raw('');
  if (dialect === 'postgres') {
    const isImplicit = wanted.collation === 'default' || other.collation === 'default';
    return isImplicit ? raw('') : sql` COLLATE ${quoted(dialect, wanted.collation, 'collation')}`;
  }
  return wanted.charset === other.charset ? sql` COLLATE ${raw(wanted.collation)}` : raw('');
}
