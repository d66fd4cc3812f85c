import { MAX_PROFILE_BYTES } from '../../statement/bounds.js';
import type { Dialect } from '../../statement/driver.js';
import { type Fragment, joined, raw, sql } from '../../statement/fragment.js';
import type { ColumnFacts } from './column-facts.js';

/** Types whose values are always short. */
const SHORT: readonly string[] = [
  ...['bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'uuid', 'date', 'timestamp', 'timestamptz', 'time', 'timetz'],
  ...['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'float', 'double', 'decimal', 'datetime', 'year', 'bit'],
];
/** Text of at most this many characters counts as short. */
const SHORT_TEXT = 255;
const BINARY: readonly string[] = ['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'];

/** Whether a column's values may have any length. SQLite stores any value in any column. */
export function isUnbounded(dialect: Dialect, facts: ColumnFacts | undefined): boolean {
  if (dialect === 'sqlite' || !facts || facts.isArray) return true;
  const length = /char(?:acter)?(?: varying)?\((\d+)\)/u.exec(facts.declared)?.[1];
  return !(SHORT.includes(facts.type) || facts.isEnum || (length !== undefined && Number(length) <= SHORT_TEXT));
}

/** A column's value as an item of a JSON array. It fails for no value. */
export function cell(dialect: Dialect, column: Fragment, facts: ColumnFacts | undefined): Fragment {
  if (dialect === 'sqlite')
    return sql`CASE typeof(${column}) WHEN 'blob' THEN CAST(${column} AS TEXT) WHEN 'real' THEN ${real(column)} ELSE ${column} END`;
  // A bit is bytes; a year and a zerofill number are not valid JSON.
  const isNumber = facts?.type === 'bit' || facts?.type === 'year' || facts?.declared.includes('zerofill');
  if (dialect === 'mysql' && isNumber) return sql`(${column} + 0)`;
  // MySQL rejects a JSON array of texts in several character sets, and of bytes.
  // MariaDB's JSON is a longtext with this collation; converted, it would be read as text.
  const isJson = facts?.type === 'longtext' && facts.collation === 'utf8mb4_bin';
  const isText = facts && !isJson && (facts.charset !== null || BINARY.includes(facts.type));
  return dialect === 'mysql' && isText ? sql`CONVERT(${column} USING utf8mb4)` : column;
}

/** SQLite writes and parses reals exactly only within this range of magnitudes, and its JSON has 15 of their digits. */
export const LARGEST_REAL = 1e30;
export const SMALLEST_REAL = 1e-30;

/** A condition that SQLite writes a real with all of its digits. */
export function isExactReal(value: Fragment): Fragment {
  const size = sql`abs(${value})`;
  return sql`(${value} = 0 OR ${size} >= ${raw(String(SMALLEST_REAL))} AND ${size} <= ${raw(String(LARGEST_REAL))})`;
}

/** A real of SQLite with all of its digits; infinity (malformed for every field type) where SQLite would write another number. */
export function real(value: Fragment): Fragment {
  return sql`CASE WHEN ${isExactReal(value)} THEN json(printf('%!.17g', ${value})) ELSE json('9e999') END`;
}

/** The bytes of a value as text; NULL where it is NULL. */
export function bytesOf(dialect: Dialect, value: Fragment): Fragment {
  switch (dialect) {
    case 'postgres':
      return sql`octet_length(CAST(${value} AS text))`;
    case 'mysql':
      return sql`LENGTH(CONVERT(${value} USING utf8mb4))`;
    case 'sqlite':
      return sql`length(CAST(${value} AS BLOB))`;
    default:
      return dialect satisfies never;
  }
}

/** A condition that a value is larger than a profile may be. */
export function isLarge(dialect: Dialect, value: Fragment): Fragment {
  const large = sql`${bytesOf(dialect, value)} > ${raw(String(MAX_PROFILE_BYTES))}`;
  // Postgres compresses by a factor of 255 at most, so a small stored value needs no conversion to text.
  return dialect === 'postgres' ? sql`(pg_column_size(${value}) > 1000 AND ${large})` : sql`(${large})`;
}

/** A condition that one of these values is larger than a profile may be; false without any. */
export function isOneLarge(dialect: Dialect, values: readonly Fragment[]): Fragment {
  const large = values.map((value) => isLarge(dialect, value));
  return large.length > 0 ? sql`COALESCE(${joined(large, ' OR ')}, FALSE)` : raw('FALSE');
}
