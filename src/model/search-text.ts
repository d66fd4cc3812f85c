/** The most characters that one rule has in `contains`, `startsWith` and `endsWith`, which cost the most to compile. */
export const RULE_SEARCH_TEXT = 100_000;
/** The most that the rules of one catalog have together: they are compiled together. */
export const CATALOG_SEARCH_TEXT = 5_000_000;

/** Says what to do about a rule that has more. */
export const RULE_SEARCHES_TOO_MUCH = `a rule has at most ${RULE_SEARCH_TEXT.toLocaleString('en-GB')} characters in contains, startsWith and endsWith: use shorter or fewer texts`;

/** Says what to do about a catalog that has more. */
export const CATALOG_SEARCHES_TOO_MUCH = `the rules of a catalog have at most ${CATALOG_SEARCH_TEXT.toLocaleString('en-GB')} characters in contains, startsWith and endsWith: use shorter or fewer texts`;
