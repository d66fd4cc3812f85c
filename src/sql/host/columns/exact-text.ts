import type { Scalar } from '../../../model/learner.js';
import type { Dialect } from '../../statement/driver.js';
import { parseExact } from '../../statement/exact-json.js';
import { type Fragment, sql } from '../../statement/fragment.js';
import { real } from './cell.js';
import type { ColumnFacts } from './column-facts.js';

type Value = Scalar | readonly Scalar[];

/** A value as text that differs whenever the bytes of the value differ, whatever the column's collation and character set. */
export interface ExactText {
  readonly text: Fragment;
  /** What follows the value in the text: a dot on MySQL, whose collations ignore spaces at the end of a text. */
  readonly suffix: '' | '.';
  /** Returns the value for its text without the suffix. */
  decode(text: string): Value;
}

/** Types whose text is the same in every session. The text of dates and times depends on DateStyle and TimeZone, of floats on extra_float_digits. */
const STABLE: { readonly [D in Dialect]: readonly string[] } = {
  postgres: [
    ...['text', 'varchar', 'bpchar', 'name', 'citext', 'uuid', 'bool', 'int2', 'int4', 'int8', 'numeric'],
    ...['json', 'jsonb', 'inet', 'cidr', 'macaddr'],
  ],
  mysql: [
    ...['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set', 'json', 'year'],
    ...['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal'],
  ],
  sqlite: ['text', 'numeric', 'integer', 'real', 'blob'],
};
/** MySQL's types that are read into profiles as text. A `longtext` is not: MariaDB's JSON is one, and is read as JSON. */
const TEXTS = ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'enum'];

/** Whether a column's text is the same in every session, so that it can be compared with text read earlier. */
function isStable(dialect: Dialect, { type, isEnum }: ColumnFacts): boolean {
  return isEnum || STABLE[dialect].includes(type);
}

/** A column's value as text that decodes to the profile's value; undefined if its text may differ between sessions. */
export function exactColumn(dialect: Dialect, column: Fragment, facts: ColumnFacts | undefined): ExactText | undefined {
  if (!facts || !isStable(dialect, facts)) return undefined;
  if (dialect === 'postgres') return facts.isExact ? plain(column) : json(dialect, column);
  const isText = dialect === 'mysql' ? TEXTS.includes(facts.type) : facts.type === 'text';
  return isText ? exactText(dialect, column) : json(dialect, column);
}

/** A column read as text, whatever its type; undefined if that text may differ between sessions. */
export function exactCast(dialect: Dialect, column: Fragment, facts: ColumnFacts | undefined): ExactText | undefined {
  if (!facts || !isStable(dialect, facts)) return undefined;
  return dialect === 'postgres' && facts.isExact ? plain(column) : exactText(dialect, column);
}

/** JSON whose text is compared. */
export function exactJsonText(dialect: Dialect, value: Fragment): ExactText {
  const text = {
    postgres: sql`(CAST(${value} AS text) COLLATE "C")`,
    mysql: sql`(CONVERT(${value} USING utf8mb4) COLLATE utf8mb4_bin)`,
    sqlite: value,
  }[dialect];
  return { text, suffix: '', decode: (found) => parseExact<Value>(found) };
}

function plain(text: Fragment): ExactText {
  return { text, suffix: '', decode: (found) => found };
}

/** Any value as text, whatever its type. Unless that text is stable, compare it only in the statement that reads it. */
export function exactText(dialect: Dialect, value: Fragment): ExactText {
  switch (dialect) {
    case 'postgres':
      return plain(sql`(CAST(${value} AS text) COLLATE "C")`);
    case 'mysql': {
      const text = sql`(CONCAT(CONVERT(${value} USING utf8mb4), _utf8mb4'.') COLLATE utf8mb4_bin)`;
      return { text, suffix: '.', decode: (found) => found };
    }
    case 'sqlite':
      return plain(sql`(${value} COLLATE BINARY)`);
    default:
      return dialect satisfies never;
  }
}

/** The value as the JSON that is read into profiles. */
function json(dialect: Dialect, value: Fragment): ExactText {
  if (dialect === 'postgres') return exactJsonText(dialect, sql`to_json(${value})`);
  const list =
    dialect === 'mysql'
      ? sql`JSON_ARRAY(${value})`
      : sql`json_array(CASE typeof(${value}) WHEN 'real' THEN ${real(value)} ELSE ${value} END)`;
  const { text } = exactJsonText(dialect, list);
  return { text, suffix: '', decode: (found) => parseExact<[Value]>(found)[0] };
}
