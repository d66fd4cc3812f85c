import type { Rule } from '../model/rule.js';
import { type RuleList, ruleFromList as readList } from '../rules/rule-list.js';
import { parse } from '../validate/issues.js';
import { checkList } from '../validate/list.js';
import { at } from '../validate/place.js';

/** The most entries: a rule with the maximum number of conditions, and the connectives between them. */
const MOST = 20_000;

/**
 * Builds a rule from a flat list, as on an admin screen; `and` binds tighter than `or` (semantics §7.6).
 * A missing connective counts as `and`. The empty list matches no learner. The rules in the list are checked where the result is used.
 * @throws `invalid_input` for a value that is not a list, a list of more than 20,000 entries, or an entry that is neither an object nor a connective.
 */
export function ruleFromList(list: RuleList | readonly []): Rule {
  return parse((issues) => {
    const entries: unknown[] = [];
    checkList(list, MOST, at(undefined, 'list'), issues, (entry, place) => {
      if (entry !== 'and' && entry !== 'or' && (typeof entry !== 'object' || entry === null))
        issues.wrongType('a rule, "and" or "or"', entry, place);
      entries.push(entry);
    });
    return readList(entries as unknown as RuleList);
  });
}
