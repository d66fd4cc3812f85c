import type { Rule, Scalar, Segment } from '../../../src/core.js';

/** Returns the condition, in a dialect, that a learner has this skill. */
export type HasSkill = (skill: string) => string;

/** Converts a segment's rule to a condition on the table `learner`; segments in it are inlined. */
export function sqlOf(rule: Rule, segments: ReadonlyMap<string, Segment>, hasSkill: HasSkill): string {
  const inner = (one: Rule): string => sqlOf(one, segments, hasSkill);
  if ('all' in rule) return `(${rule.all.map(inner).join(' AND ')})`;
  if ('any' in rule) return `(${rule.any.map(inner).join(' OR ')})`;
  if ('not' in rule) return `(NOT ${inner(rule.not)})`;
  if ('everyone' in rule) return 'TRUE';
  if ('segment' in rule) return inner(segments.get(rule.segment)!.rule!);
  switch (rule.op) {
    case 'blank':
      return `(${rule.field} IS NULL)`;
    case 'equals':
      return rule.field === 'skills' ? hasSkill(String(rule.value)) : `${rule.field} = ${literal(rule.value)}`;
    case 'in':
      return `${rule.field} IN (${rule.value.map(literal).join(', ')})`;
    case 'contains':
      return `${rule.field} LIKE ${literal(`%${rule.value}%`)}`;
    case 'startsWith':
      return `${rule.field} LIKE ${literal(`${rule.value}%`)}`;
    case 'endsWith':
      return `${rule.field} LIKE ${literal(`%${rule.value}`)}`;
    case 'lt':
      return `${rule.field} < ${literal(rule.value)}`;
    case 'lte':
      return `${rule.field} <= ${literal(rule.value)}`;
    case 'gt':
      return `${rule.field} > ${literal(rule.value)}`;
    case 'gte':
      return `${rule.field} >= ${literal(rule.value)}`;
    default:
      return rule satisfies never;
  }
}

function literal(value: Scalar): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
