import type { Dialect } from '../../statement/driver.js';
import { type Fragment, joined, raw, sql } from '../../statement/fragment.js';
import { asText } from '../../statement/id-kind.js';
import type { ColumnFacts } from '../columns/column-facts.js';
import { constantFor, typed } from '../columns/constant.js';
import { withoutOffset } from '../columns/profile-value.js';
import type { TableRef } from '../columns/table-ref.js';
import { FALSEHOODS } from '../columns/truth.js';

const TEXTS = [
  ...['text', 'varchar', 'bpchar', 'citext', 'name'],
  ...['char', 'tinytext', 'mediumtext', 'longtext', 'varbinary', 'blob', 'mediumblob', 'longblob'],
];
/** The length of the text of an instant, as the library writes it. */
const INSTANT = '2026-03-01T09:00:00.000Z'.length;

type Kind = 'truth' | 'number' | 'time' | 'text';

/** The types of numbers. */
export const NUMBERS: { readonly [D in Exclude<Dialect, 'sqlite'>]: readonly string[] } = {
  postgres: ['int2', 'int4', 'int8', 'float4', 'float8', 'numeric'],
  mysql: ['bit', 'tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float', 'double'],
};
const TIMES = ['date', 'timestamp', 'timestamptz', 'datetime'];

function kindOf(dialect: Dialect, facts: ColumnFacts | undefined): Kind {
  if (!facts || facts.isArray) return 'text';
  if (dialect !== 'sqlite') {
    if (facts.type === 'bool') return 'truth';
    if (NUMBERS[dialect].includes(facts.type)) return 'number';
    return TIMES.includes(facts.type) ? 'time' : 'text';
  }
  if (/date|time/u.test(facts.declared)) return 'time';
  return facts.type === 'text' || facts.type === 'blob' ? 'text' : 'number';
}

/** A condition that the column `archived` marks a record as not archived, as `trainingOf` reads it. */
export function isLive(table: TableRef, name: string): Fragment {
  const { dialect } = table;
  const column = table.column(name);
  const text = sql`LOWER(TRIM(${asText(dialect, column)}))`;
  const isFalse = sql`${text} IN (${joined(
    FALSEHOODS.map((one) => sql`${one}`),
    ', ',
  )})`;
  if (dialect === 'sqlite')
    return sql`(${column} IS NULL OR CASE WHEN typeof(${column}) IN ('integer', 'real') THEN ${column} = 0 ELSE ${isFalse} END)`;
  switch (kindOf(dialect, table.facts(name))) {
    case 'truth':
      return sql`(${column} IS NOT TRUE)`;
    case 'number':
      return sql`(${column} IS NULL OR ${column} = 0)`;
    case 'time':
      // MySQL can store invalid dates, such as 0000-00-00.
      return dialect === 'mysql' ? sql`(${column} IS NULL OR ${text} LIKE '0000-00-00%')` : sql`(${column} IS NULL)`;
    default:
      return sql`(${column} IS NULL OR ${isFalse})`;
  }
}

/** The value that archives a record: true or 1, or the time of the write. */
export function archivedNow(table: TableRef, name: string, at: string): Fragment {
  const { dialect } = table;
  const facts = table.facts(name);
  const kind = kindOf(dialect, facts);
  if (kind === 'truth' || kind === 'number') return constantFor(table, name, kind === 'truth' ? true : 1);
  if (dialect === 'postgres') return typed(facts, sql`${at}::text`);
  if (dialect === 'sqlite' || kind === 'text') return sql`${at}`;
  if (facts!.type === 'date') return sql`${at.slice(0, 'YYYY-MM-DD'.length)}`;
  const inUtc = sql`${withoutOffset(at)}`;
  return facts!.type === 'timestamp' ? sql`CONVERT_TZ(${inUtc}, '+00:00', @@session.time_zone)` : inUtc;
}

/** Whether a column accepts the value of {@link archivedNow}. */
export function acceptsArchivedNow(dialect: Dialect, facts: ColumnFacts | undefined): boolean {
  if (!facts || dialect === 'sqlite' || kindOf(dialect, facts) !== 'text') return true;
  const length = /\((\d+)\)/u.exec(facts.declared)?.[1];
  return TEXTS.includes(facts.type) && !facts.isArray && (length === undefined || Number(length) >= INSTANT);
}

/** The value of a new record in a column that accepts no NULL; undefined if the column may be left out. */
export function notArchived(table: TableRef, name: string): Fragment | undefined {
  const facts = table.facts(name);
  const kind = kindOf(table.dialect, facts);
  if (facts?.isNullable !== false || (kind !== 'truth' && kind !== 'number')) return undefined;
  return raw(kind === 'truth' ? 'FALSE' : '0');
}
