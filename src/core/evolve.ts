import { evolve as evolveCatalog } from '../catalog/evolve.js';
import type { Catalog, Edit } from '../model/catalog.js';
import { checkEdits } from '../validate/edits-as-they-are.js';
import { parse } from '../validate/issues.js';
import { at } from '../validate/place.js';
import { checkCatalog } from './check-catalog.js';

/**
 * Returns the catalog with these edits applied, in order and as a whole; the same object if they change nothing.
 * The revision and the unsettled work do not change. References, rules and courses are checked on the outcome.
 * @throws `unknown_link`, `unknown_segment`, `unknown_course`, `course_not_by_assignment`, `duplicate_link`, `segment_in_use`,
 * `rule_cycle`, and `invalid_input` if the catalog or an edit is invalid, a new segment has no rule, or a rule cannot be evaluated
 * (semantics §5, §7.4–§7.8).
 */
export function evolve(catalog: Catalog, edits: readonly Edit[]): Catalog {
  parse((issues) => {
    checkCatalog(catalog, at(undefined, 'catalog'), issues);
    checkEdits(edits, at(undefined, 'edits'), issues);
  });
  return evolveCatalog(catalog, edits);
}
