import type { Operator } from './rule.js';

/** The most characters that one rule has in `contains`, `startsWith` and `endsWith`, which cost the most to compile. */
export const RULE_SEARCH_TEXT = 100_000;
/** The most that the rules of one catalog, and those of one list of edits, have together: they are compiled together. */
export const CATALOG_SEARCH_TEXT = 5_000_000;

// Written out, since nothing may run when a module is loaded.

/** What an issue says of a rule that has more. */
export const RULE_SEARCHES_TOO_MUCH =
  'a rule has at most 100,000 characters in contains, startsWith and endsWith: use shorter or fewer texts';

/** What an issue says of a catalog that has more. */
export const CATALOG_SEARCHES_TOO_MUCH =
  'the rules of a catalog have at most 5,000,000 characters in contains, startsWith and endsWith: use shorter or fewer texts';

/** Whether an operator searches for text. */
export function isSearch(op: Operator | undefined): boolean {
  return op === 'contains' || op === 'startsWith' || op === 'endsWith';
}
