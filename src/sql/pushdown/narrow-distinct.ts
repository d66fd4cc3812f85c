import type { ExactText } from '../host/columns/exact-text.js';
import { jsonArray } from '../statement/dialect.js';
import type { Dialect, SqlDriver } from '../statement/driver.js';
import { type Fragment, queryJson, raw, sql } from '../statement/fragment.js';

/** The most distinct values of a field that are read; the list does not narrow a field with more. */
const MAX_VALUES = 5_000;
/**
 * The longest value that is read, in bytes as the database counts them. Together with {@link MAX_VALUES} it bounds the result, JSON escapes
 * included.
 */
export const MAX_VALUE_BYTES = 500;

/** Where to read the distinct values of a field. */
export interface ValuesQuery {
  /** A value as exact text. */
  readonly exact: ExactText;
  /** Returns a condition that a text is not read, since it is too long or is not text. */
  isUnread(text: Fragment): Fragment;
  /** The rows that have a value: the statement's text after SELECT, beginning with FROM. */
  readonly rows: Fragment;
  /** Set if the text is a column, and an index begins with it and has the order of its comparison. */
  readonly table?: Fragment;
}

/** The result of {@link distinctTexts}. */
export interface DistinctTexts {
  readonly texts: readonly string[];
  /** Whether there are rows whose value was not read. */
  readonly isUnread: boolean;
}

/** Reads the distinct texts of a field; resolves with undefined if there are more than {@link MAX_VALUES}. */
export async function distinctTexts(db: SqlDriver, query: ValuesQuery): Promise<DistinctTexts | undefined> {
  const { dialect } = db;
  const values = query.table ? looseIndexScan(dialect, query, query.table) : selectDistinct(query);
  const found = await queryJson<[string] | null>(
    db,
    sql`SELECT CASE WHEN found.v IS NOT NULL THEN ${jsonArray(dialect, [raw('found.v')])} END AS j
      FROM (${values}) AS found LIMIT ${raw(String(MAX_VALUES + 2))}`,
  );
  const end = query.exact.suffix.length;
  const texts = found.flatMap((row) => (row ? [end > 0 ? row[0].slice(0, -end) : row[0]] : []));
  if (texts.length > MAX_VALUES || found.length > MAX_VALUES + 1) return undefined;
  return { texts, isUnread: texts.length < found.length };
}

/** Selects distinct values before they become JSON; all unread values count as one. */
function selectDistinct({ exact: { text }, isUnread, rows }: ValuesQuery): Fragment {
  return sql`SELECT DISTINCT CASE WHEN ${isUnread(text)} THEN NULL ELSE ${text} END AS v ${rows}`;
}

/** Reads an index from one distinct value to the next (a loose index scan), since neither Postgres nor SQLite does so for DISTINCT. */
function looseIndexScan(dialect: Dialect, { exact: { text }, isUnread }: ValuesQuery, table: Fragment): Fragment {
  const first = sql`SELECT ${text} AS v FROM ${table} WHERE ${text} IS NOT NULL ORDER BY ${text} LIMIT 1`;
  const next = sql`SELECT ${text} FROM ${table} WHERE ${text} > skipped.v ORDER BY ${text} LIMIT 1`;
  // SQLite accepts no parentheses around the first part, and computes all steps unless their number is limited.
  const [begin, end] =
    dialect === 'postgres'
      ? [sql`(${first})`, raw('')]
      : [sql`SELECT v FROM (${first})`, raw(` LIMIT ${MAX_VALUES + 2}`)];
  return sql`WITH RECURSIVE skipped AS (${begin} UNION ALL SELECT (${next}) FROM skipped WHERE skipped.v IS NOT NULL${end})
    SELECT CASE WHEN ${isUnread(raw('skipped.v'))} THEN NULL ELSE skipped.v END AS v FROM skipped WHERE skipped.v IS NOT NULL`;
}
