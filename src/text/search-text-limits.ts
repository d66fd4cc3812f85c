import type { Operator } from '../model/rule.js';

/** The most characters that one rule has in `contains`, `startsWith` and `endsWith`, which cost the most to compile. */
export const RULE_SEARCH_TEXT = 100_000;
/** The most characters of this kind in all rules of one catalog, or of one list of edits, which are compiled together. */
export const CATALOG_SEARCH_TEXT = 5_000_000;

// Literals, because no code may run when a module is loaded.

/** The message of an issue for a rule that exceeds the limit. */
export const RULE_SEARCHES_TOO_MUCH =
  'a rule has at most 100,000 characters in contains, startsWith and endsWith: use shorter or fewer texts';

/** The message of an issue for a catalog that exceeds the limit. */
export const CATALOG_SEARCHES_TOO_MUCH =
  'the rules of a catalog have at most 5,000,000 characters in contains, startsWith and endsWith: use shorter or fewer texts';

/** Returns whether an operator searches for text. */
export function isSearch(op: Operator | undefined): boolean {
  return op === 'contains' || op === 'startsWith' || op === 'endsWith';
}
