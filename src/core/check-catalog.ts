import { searchTextOf } from '../catalog/search-text.js';
import type { Catalog } from '../model/catalog.js';
import { CATALOG_SEARCH_TEXT, CATALOG_SEARCHES_TOO_MUCH } from '../text/search-text-limits.js';
import { checkRuleContext, isCatalog, type WellFormed } from '../validate/catalog.js';
import type { Issues } from '../validate/issues.js';
import type { Place } from '../validate/place.js';

/** Objects that are valid. Each is checked once, because catalogs share segments and links with earlier catalogs and must not be changed in place. */
const wellFormed: WellFormed = new WeakSet();

/** Adds the issues of a catalog. */
export function checkCatalog(value: unknown, place: Place, issues: Issues): void {
  isCatalog(value, issues, wellFormed, place);
}

/** Adds the issues of a catalog that is to be compiled. */
export function checkCompilable(value: unknown, place: Place, issues: Issues): void {
  if (isCatalog(value, issues, wellFormed, place)) checkSearchText(value, place, issues);
}

/** Adds the issues of the fields and segments that a rule is evaluated with. */
export function checkFieldsAndSegments(value: unknown, place: Place, issues: Issues): void {
  const found = issues.list.length;
  checkRuleContext(value, issues, wellFormed, place);
  if (issues.list.length > found) return;
  checkSearchText({ ...(value as Pick<Catalog, 'segments'>), links: [] }, place, issues);
}

function checkSearchText(catalog: Pick<Catalog, 'segments' | 'links'>, place: Place, issues: Issues): void {
  if (searchTextOf(catalog) > CATALOG_SEARCH_TEXT) issues.add('too_long', place, CATALOG_SEARCHES_TOO_MUCH);
}
