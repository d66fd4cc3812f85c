import { type CompileOptions, compile as compileCatalog } from '../catalog/compile.js';
import type { Matcher } from '../catalog/matcher.js';
import type { Catalog } from '../model/catalog.js';
import { type Issues, parse } from '../validate/issues.js';
import { at, type Place } from '../validate/place.js';
import { type Row, rowOf } from '../validate/row.js';
import { checkCompilable } from './check-catalog.js';
import { checkMatcher } from './check-matcher.js';

/**
 * Compiles a catalog for {@link diff} and {@link explain}; compile each catalog once. Links that cannot be evaluated are frozen and reported
 * as blocked (semantics §6).
 * @throws `invalid_input` if the catalog or the options are invalid, or the catalog has too much search text.
 */
export function compile(catalog: Catalog, options?: CompileOptions): Matcher {
  parse((issues) => {
    checkCompilable(catalog, at(undefined, 'catalog'), issues);
    const place = at(undefined, 'options');
    const given = options === undefined ? undefined : rowOf(options, 'options (an object)', place, issues);
    if (given) checkOptions(given, place, issues);
  });
  return compileCatalog(catalog, options);
}

function checkOptions({ inactive, previous }: Row, place: Place, issues: Issues): void {
  if (inactive !== undefined && inactive !== 'freeze' && inactive !== 'unenrol')
    issues.wrongType('"freeze" or "unenrol"', inactive, at(place, 'inactive'));
  if (previous !== undefined) checkMatcher(previous, at(place, 'previous'), issues);
}
