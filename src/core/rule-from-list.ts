import type { Rule } from '../model/rule.js';
import { type RuleList, ruleFromList as readList } from '../rules/rule-list.js';
import { parse } from '../validate/issues.js';
import { checkList } from '../validate/list.js';
import { at } from '../validate/place.js';

/** A rule of as many conditions as there may be, with a connective between each two of them. */
const MOST = 20_000;

/**
 * Reads a flat list as an admin screen has it, `and` binding tighter than `or` (semantics §7.6).
 * Where the list does not alternate, a missing connective reads as `and`, and the empty list matches nobody. The rules in it are checked
 * where the rule is used.
 * @throws `invalid_input` for a value that is not a list, a list of more than 20,000 entries, and an entry that is neither an object nor a connective.
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
