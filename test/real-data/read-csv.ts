import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** Reads a compressed file of `test/data`: a row is its columns by name. */
export function readCsv<Column extends string>(path: string): Record<Column, string>[] {
  const file = gunzipSync(readFileSync(new URL(`../data/${path}.csv.gz`, import.meta.url)));
  return parse<Record<Column, string>>(file, { columns: true });
}
