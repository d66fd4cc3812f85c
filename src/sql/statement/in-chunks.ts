import { MAX_IDS } from './dialect.js';

/** Splits ids into lists that fit a statement; sorted, so that all transactions take locks in the same order. */
export function inChunks(ids: readonly string[]): string[][] {
  const sorted = [...ids].sort();
  const chunks: string[][] = [];
  for (let from = 0; from < sorted.length; from += MAX_IDS) chunks.push(sorted.slice(from, from + MAX_IDS));
  return chunks;
}
