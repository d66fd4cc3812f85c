import { MAX_IDS } from './dialect.js';

/**
 * The most characters of values in one statement or result. With the overhead of JSON and UTF-8, a statement stays below MySQL's default
 * packet size, and a result below `MAX_RESULT_BYTES`.
 */
const MAX_CHARACTERS = 2_000_000;

/** Splits ids into lists that fit a statement; sorted, so that all transactions take locks in the same order. */
export function splitIds(ids: readonly string[]): string[][] {
  const sorted = [...ids].sort();
  const lists: string[][] = [];
  for (let from = 0; from < sorted.length; from += MAX_IDS) lists.push(sorted.slice(from, from + MAX_IDS));
  return lists;
}

/** Splits rows into lists that fit one statement each. */
export function splitRows<Row extends Readonly<Record<string, string | number | null>>>(rows: readonly Row[]): Row[][] {
  return splitByLength(rows, MAX_IDS, textLength);
}

function textLength(row: Readonly<Record<string, string | number | null>>): number {
  let length = 0;
  for (const value of Object.values(row)) if (typeof value === 'string') length += value.length;
  return length;
}

/** Splits items into lists of at most `most` items and two million characters. An item that is too long by itself gets its own list. */
export function splitByLength<Item>(items: readonly Item[], most: number, lengthOf: (item: Item) => number): Item[][] {
  const lists: Item[][] = [];
  let list: Item[] = [];
  let length = 0;
  for (const item of items) {
    const own = lengthOf(item);
    if (list.length > 0 && (list.length >= most || length + own > MAX_CHARACTERS)) {
      lists.push(list);
      list = [];
      length = 0;
    }
    list.push(item);
    length += own;
  }
  if (list.length > 0) lists.push(list);
  return lists;
}
