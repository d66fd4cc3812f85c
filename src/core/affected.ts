import { type Affected, affected as affectedBy } from '../catalog/affected.js';
import type { Catalog } from '../model/catalog.js';
import { parse } from '../validate/issues.js';
import { at } from '../validate/place.js';
import { checkCatalog } from './check-catalog.js';

/**
 * Returns what an edit affects: links that were added, removed or got another rule, and links whose audience depends on a
 * segment whose rule changed; with their courses. Both are in order of code points.
 * @throws `invalid_input` if a catalog is invalid.
 */
export function affected(before: Catalog, after: Catalog): Affected {
  parse((issues) => {
    checkCatalog(before, at(undefined, 'before'), issues);
    checkCatalog(after, at(undefined, 'after'), issues);
  });
  return affectedBy(before, after);
}
