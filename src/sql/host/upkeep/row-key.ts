import type { Dialect } from '../../statement/driver.js';
import { type Fragment, raw, sql } from '../../statement/fragment.js';
import { asText, ofKind } from '../../statement/id-kind.js';
import type { ColumnFacts } from '../columns/column-facts.js';
import { foldsCase, sameId } from '../columns/same-id.js';
import type { TableRef } from '../columns/table-ref.js';
import { idColumn } from '../refs.js';
import { mayDiffer } from '../rows-about-learners.js';
import type { KeptTable } from './kept-table.js';

/** A learner and a course, in a row of the host's and in a row of `given`; each pair of expressions is compared with `=`. */
export interface RowKey {
  readonly row: readonly [learner: Fragment, course: Fragment];
  readonly given: readonly [learner: Fragment, course: Fragment];
  /** A condition that the learner is the same by the comparison of the row's own column, which can use its index; true of all equal pairs. */
  readonly indexed: Fragment;
  /** The joins that the expressions of the row need after its table. */
  readonly joins: Fragment;
}

const WHO = raw('given.who');
const WHAT = raw('given.what');

/** How a row of the host's is compared with a pair of ids, as `rowsAboutLearners` reads it. */
export function rowKey(kept: KeptTable): RowKey {
  const { table, names, refs, tables } = kept;
  const { dialect } = table;
  const course = ownId(table, names.course, refs.courses, tables.courses.id);
  const { row, given, indexed, join = raw('') } = learnerKey(kept);
  return {
    row: [row, exact(dialect, course.text)],
    given: [given, bytes(dialect, WHAT)],
    indexed,
    joins: sql`${join} ${course.join}`,
  };
}

interface LearnerKey extends Pick<RowKey, 'indexed'> {
  readonly row: Fragment;
  readonly given: Fragment;
  readonly join?: Fragment;
}

function learnerKey({ table, names, refs, tables }: KeptTable): LearnerKey {
  const { dialect } = table;
  const { id, ids: kind = 'text' } = tables.learners;
  const column = table.column(names.learner);
  const facts = table.facts(names.learner);
  const who = collated(dialect, facts, WHO);
  if (kind === 'integer' || (kind === 'uuid' && dialect === 'postgres'))
    return { row: column, given: ofKind(dialect, kind, WHO), indexed: raw('TRUE') };
  const given = bytes(dialect, WHO);
  if (kind === 'uuid') {
    const indexed = foldsCase(dialect, facts) ? sql`${column} = ${who}` : sql`${column} IN (${who}, UPPER(${who}))`;
    return { row: exact(dialect, sql`LOWER(${asText(dialect, column)})`), given, indexed };
  }
  const { text, join } = ownId(table, names.learner, refs.learners, id);
  return { row: exact(dialect, text), given, indexed: sql`${column} = ${who}`, join };
}

/** The id of the learner or course that the database considers equal to a row's id; the row's own if there is none. */
function ownId(table: TableRef, name: string, to: TableRef, id: string): { text: Fragment; join: Fragment } {
  const { dialect } = table;
  const [lookedUp, other] = [idColumn(to, id), idColumn(table, name)];
  const text = asText(dialect, other.column);
  if (!mayDiffer(dialect, lookedUp, other, 'text')) return { text, join: raw('') };
  const found = asText(dialect, lookedUp.column);
  const isSame = sql`${sameId(dialect, lookedUp, other, 'text')} AND ${to.tenantCondition}`;
  // MariaDB caches the result of a subquery by the row's id, compared by its own collation. The others change no joined table.
  if (dialect === 'mysql')
    return { text: sql`COALESCE(${found}, ${text})`, join: sql`LEFT JOIN ${to.from} ON ${isSame}` };
  return { text: sql`COALESCE((SELECT ${found} FROM ${to.from} WHERE ${isSame} LIMIT 1), ${text})`, join: raw('') };
}

/** Text that is compared byte by byte. */
function exact(dialect: Dialect, text: Fragment): Fragment {
  if (dialect === 'mysql') return bytes(dialect, text);
  return sql`(${text} COLLATE ${raw(dialect === 'postgres' ? '"C"' : 'BINARY')})`;
}

function bytes(dialect: Dialect, text: Fragment): Fragment {
  return dialect === 'mysql' ? sql`CAST(${text} AS BINARY)` : text;
}

/** Text of `given` in a form that the column's own comparison accepts. */
export function collated(dialect: Dialect, facts: ColumnFacts | undefined, text: Fragment): Fragment {
  if (dialect === 'postgres') return facts?.type === 'citext' ? sql`CAST(${text} AS ${raw(facts.declared)})` : text;
  if (dialect === 'sqlite' || !facts?.charset || !facts.collation) return text;
  const converted = facts.charset === 'utf8mb4' ? text : sql`CONVERT(${text} USING ${raw(facts.charset)})`;
  return sql`${converted} COLLATE ${raw(facts.collation)}`;
}
