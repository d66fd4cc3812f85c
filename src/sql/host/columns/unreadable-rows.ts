import type { Dialect, SqlDriver } from '../../statement/driver.js';
import { type Fragment, joined, queryJson, raw, sql } from '../../statement/fragment.js';
import { asText } from '../../statement/id-kind.js';
import { isUnbounded } from './cell.js';
import type { ColumnFacts, ColumnsFacts } from './column-facts.js';
import { fieldColumns } from './field-columns.js';
import type { LearnersTable } from './host-tables.js';
import type { TableRef } from './table-ref.js';
import { TRUTHS } from './truth.js';

/** A little less than the largest profile that is read: databases may format JSON text differently. */
const LARGE = 250_000;
/** Postgres types that hold JSON as unchecked text. */
const TEXTS = ['text', 'varchar', 'bpchar'];

/**
 * Returns a condition that a row's JSON is an object whose keys the database can read; its evaluation never fails. Resolves with undefined if there
 * is no such condition: Postgres can test text only since version 16.
 */
export async function readableJson(
  db: SqlDriver,
  json: Fragment,
  facts: ColumnFacts | undefined,
): Promise<Fragment | undefined> {
  switch (db.dialect) {
    case 'postgres':
      return postgresJson(db, json, facts);
    case 'mysql':
      return sql`(CASE WHEN JSON_VALID(${json}) THEN JSON_TYPE(${json}) = 'OBJECT' ELSE FALSE END)`;
    case 'sqlite':
      return sql`(CASE WHEN json_valid(${json}) THEN json_type(${json}) = 'object' ELSE FALSE END)`;
    default:
      return db.dialect satisfies never;
  }
}

async function postgresJson(
  db: SqlDriver,
  json: Fragment,
  facts: ColumnFacts | undefined,
): Promise<Fragment | undefined> {
  if (!facts || facts.isArray) return undefined;
  if (facts.type === 'jsonb') return sql`(jsonb_typeof(${json}) = 'object')`;
  // The type `json` accepts escapes of characters that Postgres cannot store, but reading a key then fails.
  const isPlain = sql`CAST(${json} AS text) !~* '\\\\u(0000|d[89a-f])'`;
  if (facts.type === 'json') return sql`(json_typeof(${json}) = 'object' AND ${isPlain})`;
  if (!TEXTS.includes(facts.type)) return undefined;
  const [canTest] = await queryJson<boolean>(
    db,
    sql`SELECT CAST(to_json(to_regproc('pg_catalog.pg_input_is_valid') IS NOT NULL) AS text) AS j`,
  );
  if (!canTest) return undefined;
  const isValid = sql`pg_input_is_valid(CAST(${json} AS text), 'jsonb')`;
  return sql`(CASE WHEN ${isValid} THEN jsonb_typeof(CAST(${json} AS jsonb)) = 'object' ELSE FALSE END)`;
}

/** Conditions for rows that are read as unreadable learners, or may be: they match every hint. */
export function unreadableRows(
  u: TableRef,
  learners: LearnersTable,
  facts: ColumnsFacts,
  json: { readonly column: Fragment; readonly readable: Fragment } | undefined,
): Fragment[] {
  const { id, active } = learners;
  const found: Fragment[] = [];
  if (json) {
    const { column, readable } = json;
    found.push(sql`(${column} IS NOT NULL AND CASE WHEN ${readable} THEN ${isLarge(u, column)} ELSE TRUE END)`);
  }
  const isNeither = active === undefined ? undefined : neitherTrueNorFalse(u.dialect, u.column(active), facts(active));
  if (isNeither) found.push(isNeither);
  const long = fieldColumns(learners).filter(({ column }) => isUnbounded(u.dialect, facts(column)));
  for (const { column } of long) found.push(isLarge(u, u.column(column)));
  if (!facts(id)?.isUnique) {
    const own = u.column(id);
    found.push(
      sql`${own} IN (SELECT ${own} FROM ${u.from} WHERE ${u.tenantCondition} GROUP BY ${own} HAVING COUNT(*) > 1)`,
    );
  }
  return found;
}

/** A condition that a column is not NULL, and neither true nor false; undefined if its type excludes that. */
function neitherTrueNorFalse(dialect: Dialect, column: Fragment, facts: ColumnFacts | undefined): Fragment | undefined {
  if (facts?.type === 'bool' && !facts.isArray) return undefined;
  if (facts?.type === 'bit' && dialect === 'mysql') return sql`${column} > 1`;
  const text = sql`LOWER(TRIM(${asText(dialect, column)}))`;
  return sql`${text} NOT IN (${joined(
    TRUTHS.map((one) => sql`${one}`),
    ', ',
  )})`;
}

function isLarge({ dialect }: TableRef, json: Fragment): Fragment {
  const most = raw(String(LARGE));
  switch (dialect) {
    case 'postgres':
      // First the stored size, compressed by a factor of 255 at most: converting every row to text would take longer than the rest of the statement.
      return sql`pg_column_size(${json}) > 900 AND octet_length(CAST(${json} AS text)) > ${most}`;
    case 'mysql':
      return sql`LENGTH(${json}) > ${most}`;
    case 'sqlite':
      return sql`length(CAST(${json} AS BLOB)) > ${most}`;
    default:
      return dialect satisfies never;
  }
}
