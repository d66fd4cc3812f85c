import type { Rule } from 'smart-enrolments';
import { typedValue } from '../lms/fields.js';
import { OPERATORS } from './row.js';

/** The names of ids on the pages. */
export interface Names {
  readonly fields: ReadonlyMap<string, string>;
  readonly segments: ReadonlyMap<string, string>;
}

const OF_NUMBERS: Readonly<Record<string, string>> = {
  lt: 'is below',
  lte: 'is at most',
  gt: 'is above',
  gte: 'is at least',
};
const OF_DATES: Readonly<Record<string, string>> = {
  lt: 'is before',
  lte: 'is until',
  gt: 'is after',
  gte: 'is from',
};

/** Describes a rule in words. */
export function ruleText(rule: Rule, names: Names): string {
  if ('everyone' in rule) return 'everyone';
  if ('segment' in rule) return `is a member of ${names.segments.get(rule.segment) ?? rule.segment}`;
  if ('all' in rule) return rule.all.map((each) => within(each, names)).join(' and ');
  if ('any' in rule)
    return rule.any.length === 0 ? 'no one' : rule.any.map((each) => ruleText(each, names)).join(', or ');
  if ('not' in rule) return `not: ${ruleText(rule.not, names)}`;
  return conditionText(rule, names);
}

/** Describes one condition in words, also from a trace, which repeats the condition. */
export function conditionText(
  { field, op, ...asked }: { readonly field: string; readonly op: string; readonly value?: unknown },
  names: Names,
): string {
  const title = names.fields.get(field) ?? field;
  if (op === 'blank') return `${title} is blank`;
  const verb =
    (op === 'in' ? 'is one of' : (typeof asked.value === 'number' ? OF_NUMBERS : OF_DATES)[op]) ?? OPERATORS[op];
  const value = Array.isArray(asked.value) ? asked.value.map(typedValue).join(', ') : typedValue(asked.value);
  return `${title} ${verb} “${value}”`;
}

function within(rule: Rule, names: Names): string {
  return 'any' in rule ? `(${ruleText(rule, names)})` : ruleText(rule, names);
}
