import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { SqlDriver } from 'smart-enrolments/sql';

export type Row = Readonly<Record<string, string>>;

/** The rows of a file in `test/data`. */
export function read(name: string): Row[] {
  const file = new URL(`../../../test/data/${name}.csv.gz`, import.meta.url);
  return parse<Row>(gunzipSync(readFileSync(file)), { columns: true });
}

/** Keeps the last row of each key, in this text order. */
export function latest(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  order: (row: Row) => string,
): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const known = found.get(keyOf(row));
    if (!known || order(row) > order(known)) found.set(keyOf(row), row);
  }
  return found;
}

/** Inserts rows into a table, for example `people (id, profile)`, with the types of these columns. */
export async function insert(db: SqlDriver, into: string, columns: string, rows: readonly unknown[]): Promise<void> {
  await db.query(`INSERT INTO ${into} SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS row(${columns})`, [
    JSON.stringify(rows),
  ]);
}
