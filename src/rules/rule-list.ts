import type { Rule } from '../model/rule.js';

/** An admin screen's flat list: rules with `and` or `or` between each two of them. */
export type RuleList = readonly [Rule, ...(Rule | 'and' | 'or')[]];

/**
 * Reads a flat list as an admin screen has it, `and` binding tighter than `or` (semantics §7.6).
 * Where the list does not alternate, a missing connective reads as `and`, and the empty list matches nobody.
 */
export function ruleFromList(list: RuleList | readonly []): Rule {
  const groups: Rule[][] = [[]];
  for (const item of list) {
    if (item === 'or') groups.push([]);
    else if (item !== 'and') groups.at(-1)!.push(item);
  }
  const alternatives = groups
    .filter((group) => group.length > 0)
    .map((group) => (group.length === 1 ? group[0]! : { all: group }));
  return alternatives.length === 1 ? alternatives[0]! : { any: alternatives };
}
