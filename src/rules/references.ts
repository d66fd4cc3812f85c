import type { SegmentId } from '../model/ids.js';
import type { Rule } from '../model/rule.js';

/** Returns the segments that a rule refers to directly, each once. */
export function references(rule: Rule | undefined): ReadonlySet<SegmentId> {
  const found = new Set<SegmentId>();
  const visit = (rule: Rule): void => {
    if ('segment' in rule) found.add(rule.segment);
    else if ('not' in rule) visit(rule.not);
    else if ('all' in rule) rule.all.forEach(visit);
    else if ('any' in rule) rule.any.forEach(visit);
  };
  if (rule) visit(rule);
  return found;
}
