import { MAX_IDS } from './dialect.js';

/** The most characters of values in one writing statement: with the overhead of JSON and UTF-8 they stay below MySQL's default packet size. */
const MAX_CHARACTERS = 2_000_000;

/** Splits rows into lists that one statement each can write. A row that is too long by itself gets its own list. */
export function inStatements<Row extends Readonly<Record<string, string | number | null>>>(
  rows: readonly Row[],
): Row[][] {
  const lists: Row[][] = [];
  let list: Row[] = [];
  let length = 0;
  for (const row of rows) {
    let own = 0;
    for (const value of Object.values(row)) if (typeof value === 'string') own += value.length;
    if (list.length > 0 && (length + own > MAX_CHARACTERS || list.length >= MAX_IDS)) {
      lists.push(list);
      list = [];
      length = 0;
    }
    list.push(row);
    length += own;
  }
  if (list.length > 0) lists.push(list);
  return lists;
}
