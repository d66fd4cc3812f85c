import type { Catalog } from '../model/catalog.js';
import { searchTextIn } from '../rules/search-text.js';

/** Returns how many characters the rules of a catalog have in `contains`, `startsWith` and `endsWith`. */
export function searchTextOf({ segments, links }: Pick<Catalog, 'segments' | 'links'>): number {
  let sum = 0;
  for (const { rule } of segments) sum += searchTextIn(rule);
  for (const { rule } of links) sum += searchTextIn(rule);
  return sum;
}
