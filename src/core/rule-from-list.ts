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
 * @throws `invalid_input` for what is not a list, and for one of more than 20,000 entries.
 */
export function ruleFromList(list: RuleList | readonly []): Rule {
  return parse((issues) => {
    const entries: unknown[] = [];
    checkList(list, MOST, at(undefined, 'list'), issues, (entry) => entries.push(entry));
    return readList(entries as unknown as RuleList);
  });
}
