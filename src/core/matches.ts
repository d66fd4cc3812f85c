import type { Catalog } from '../model/catalog.js';
import type { Learner } from '../model/learner.js';
import type { Rule } from '../model/rule.js';
import { matches as satisfies } from '../reconcile/matches.js';
import { parse } from '../validate/issues.js';
import { at } from '../validate/place.js';
import { rowOf } from '../validate/row.js';
import { readingOf, readRule } from '../validate/rule.js';
import { checkFieldsAndSegments } from './check-catalog.js';

/**
 * Returns whether a learner, active or not, satisfies a rule; fields and segments are looked up in the catalog.
 * @throws `invalid_input` for a rule that cannot be evaluated, a malformed learner, or an invalid catalog; `unknown_segment`
 * (semantics §7.1–§7.5).
 */
export function matches(rule: Rule, learner: Learner, catalog?: Pick<Catalog, 'fields' | 'segments'>): boolean {
  parse((issues) => {
    readRule(rule, at(undefined, 'rule'), readingOf(issues, true));
    rowOf(learner, 'a learner', at(undefined, 'learner'), issues);
    if (catalog !== undefined) checkFieldsAndSegments(catalog, at(undefined, 'catalog'), issues);
  });
  return satisfies(rule, learner, catalog);
}
