import type { Condition, Rule } from '../model/rule.js';
import { isSearch } from '../text/search-text-limits.js';

/** Returns how many characters a rule has in `contains`, `startsWith` and `endsWith`, at any depth. */
export function searchTextIn(rule: Rule | undefined): number {
  if (!rule) return 0;
  if ('all' in rule) return sumOf(rule.all);
  if ('any' in rule) return sumOf(rule.any);
  if ('not' in rule) return searchTextIn(rule.not);
  return 'field' in rule ? ofCondition(rule) : 0;
}

function sumOf(rules: readonly Rule[]): number {
  let sum = 0;
  for (const rule of rules) sum += searchTextIn(rule);
  return sum;
}

function ofCondition(condition: Condition): number {
  return isSearch(condition.op) ? (condition as { readonly value: string }).value.length : 0;
}
