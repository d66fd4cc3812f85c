import { jsonArray } from './dialect.js';
import type { SqlDriver } from './driver.js';
import { ask, type Fragment, joined, raw, sql } from './fragment.js';

/**
 * Answers rows of these items, in the order of what is given from `FROM` on. Postgres answers column by column in one row: it has less to
 * look up for each value, and the driver less to read.
 */
export async function select<Row extends readonly unknown[]>(
  db: SqlDriver,
  items: readonly Fragment[],
  from: Fragment,
): Promise<Row[]> {
  if (db.dialect !== 'postgres') return ask<Row>(db, sql`SELECT ${jsonArray(db.dialect, items)} AS j ${from}`);
  const [found] = await ask<Columns>(db, byColumns(items, from));
  return rowsOf<Row>(found!);
}

/** A list for each column; nothing where there are no rows. */
export type Columns = readonly (readonly unknown[] | null)[];

/**
 * The statement of Postgres that answers {@link Columns} as JSON text. Nothing but the rows may stand in its outer query: their order is that of
 * the lists because nothing comes in between.
 */
export function byColumns(items: readonly Fragment[], from: Fragment): Fragment {
  const columns = items.map((item, i) => sql`${item} AS ${raw(`c${i}`)}`);
  const lists = items.map((_, i) => raw(`json_agg(c${i})`));
  const rows = sql`SELECT ${joined(columns, ', ')} ${from}`;
  return sql`SELECT ${jsonArray('postgres', lists)} AS j FROM (${rows}) AS selected`;
}

/** The rows that columns make. */
export function rowsOf<Row extends readonly unknown[]>(columns: Columns): Row[] {
  const rows: unknown[][] = [];
  const { length } = columns[0] ?? [];
  for (let at = 0; at < length; at++) {
    const row: unknown[] = [];
    for (let column = 0; column < columns.length; column++) row.push(columns[column]![at]);
    rows.push(row);
  }
  return rows as readonly unknown[] as Row[];
}
