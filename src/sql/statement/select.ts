import { MAX_RESULT_BYTES } from './bounds.js';
import { jsonArray } from './dialect.js';
import type { SqlDriver } from './driver.js';
import { type Fragment, joined, queryJson, raw, sql } from './fragment.js';

/**
 * Returns rows of these items, in the order of `from`, which begins with FROM. Postgres returns column by column in one row: it has less to look
 * up for each value, and the driver less to read.
 */
export async function select<Row extends readonly unknown[]>(
  db: SqlDriver,
  items: readonly Fragment[],
  from: Fragment,
): Promise<Row[]> {
  if (db.dialect !== 'postgres') return queryJson<Row>(db, sql`SELECT ${jsonArray(db.dialect, items)} AS j ${from}`);
  const [found] = await queryJson<Columns>(db, selectColumns(items, from));
  return rowsFromColumns<Row>(found!);
}

/** JSON escapes a character with six characters at most. */
const ESCAPED = 6;

/**
 * Returns rows as {@link select} does; undefined if the result would have more than MAX_RESULT_BYTES. Postgres measures the result itself; the
 * others add up `sizes`, the bytes of all values that may be long.
 */
export async function selectIfSmall<Row extends readonly unknown[]>(
  db: SqlDriver,
  items: readonly Fragment[],
  from: Fragment,
  sizes: readonly Fragment[],
): Promise<Row[] | undefined> {
  if (db.dialect === 'postgres') {
    const [found] = await queryJson<Columns | null>(
      db,
      sql`SELECT CASE WHEN octet_length(j) <= ${raw(String(MAX_RESULT_BYTES))} THEN j ELSE 'null' END AS j FROM (${selectColumns(items, from)}) AS measured`,
    );
    return found ? rowsFromColumns<Row>(found) : undefined;
  }
  if (sizes.length === 0) return select<Row>(db, items, from);
  const size = joined(
    sizes.map((one) => sql`COALESCE(${one}, 0)`),
    ' + ',
  );
  const most = raw(String(Math.floor(MAX_RESULT_BYTES / ESCAPED)));
  const rows = await queryJson<Row | null>(
    db,
    sql`SELECT CASE WHEN (SELECT COALESCE(SUM(size), 0) FROM (SELECT ${size} AS size ${from}) AS measured) <= ${most}
      THEN ${jsonArray(db.dialect, items)} ELSE 'null' END AS j ${from}`,
  );
  return rows.includes(null) ? undefined : (rows as Row[]);
}

/** A list for each column; null instead of the lists if there are no rows. */
export type Columns = readonly (readonly unknown[] | null)[];

/**
 * The Postgres statement that returns {@link Columns} as JSON text. Its outer query must contain only the rows: the lists then have the order of
 * the rows, since no other operation reorders them.
 */
export function selectColumns(items: readonly Fragment[], from: Fragment): Fragment {
  const columns = items.map((item, i) => sql`${item} AS ${raw(`c${i}`)}`);
  const lists = items.map((_, i) => raw(`json_agg(c${i})`));
  const rows = sql`SELECT ${joined(columns, ', ')} ${from}`;
  return sql`SELECT ${jsonArray('postgres', lists)} AS j FROM (${rows}) AS selected`;
}

/** Converts columns to rows. */
export function rowsFromColumns<Row extends readonly unknown[]>(columns: Columns): Row[] {
  const rows: unknown[][] = [];
  const { length } = columns[0] ?? [];
  for (let at = 0; at < length; at++) {
    const row: unknown[] = [];
    for (let column = 0; column < columns.length; column++) row.push(columns[column]![at]);
    rows.push(row);
  }
  return rows as readonly unknown[] as Row[];
}
