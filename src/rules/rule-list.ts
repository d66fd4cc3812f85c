import type { Rule } from '../model/rule.js';

/** A flat list, as on an admin screen: rules with `and` or `or` between them. */
export type RuleList = readonly [Rule, ...(Rule | 'and' | 'or')[]];

/**
 * Builds a rule from a flat list, as on an admin screen; `and` binds tighter than `or` (semantics §7.6).
 * A missing connective counts as `and`. The empty list matches no learner.
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
