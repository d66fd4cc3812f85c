import type { Catalog } from '../../src/model/catalog.js';
import type { LearnerState, Profile, Scalar } from '../../src/model/learner.js';
import type { Condition, Rule } from '../../src/model/rule.js';

/** What a host would write first: each segment's rule once for each learner, short-circuit, then the two sets compared. */
export function naiveDiff(catalog: Catalog, states: readonly LearnerState[]): { assigned: number; released: number } {
  const rules = new Map(catalog.segments.map(({ id, rule }) => [id, rule]));
  let assigned = 0;
  let released = 0;
  for (const { learner, assignments } of states) {
    if (!learner) continue;
    const memberOf = new Map<string, boolean>();
    const isIn = (id: string): boolean => {
      let member = memberOf.get(id);
      if (member === undefined) {
        const rule = rules.get(id);
        member =
          (rule !== undefined && holds(rule, learner.profile, isIn)) || (learner.segments?.includes(id) ?? false);
        memberOf.set(id, member);
      }
      return member;
    };
    const wanted = new Set<string>();
    for (const { id, segmentId } of catalog.links) if (isIn(segmentId)) wanted.add(id);
    for (const { linkId } of assignments) if (!wanted.delete(linkId)) released++;
    assigned += wanted.size;
  }
  return { assigned, released };
}

function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase();
}

function holds(rule: Rule, profile: Profile, isIn: (id: string) => boolean): boolean {
  if ('all' in rule) return rule.all.every((inner) => holds(inner, profile, isIn));
  if ('any' in rule) return rule.any.some((inner) => holds(inner, profile, isIn));
  if ('not' in rule) return !holds(rule.not, profile, isIn);
  if ('everyone' in rule) return true;
  if ('segment' in rule) return isIn(rule.segment);
  const value = profile[rule.field];
  return (Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]).some((one) => satisfies(rule, one));
}

function satisfies(condition: Condition, value: Scalar): boolean {
  if (condition.op === 'blank') return value === undefined || value === null || value === '';
  if (condition.op === 'in') return (condition.value as readonly Scalar[]).some((one) => same(value, one));
  if (condition.op === 'equals') return same(value, condition.value);
  const { op } = condition;
  if (typeof value === 'number' && typeof condition.value === 'number')
    return compares(op as Comparison, value, condition.value);
  if (typeof value !== 'string' || typeof condition.value !== 'string') return false;
  switch (op) {
    case 'contains':
      return fold(value).includes(fold(condition.value));
    case 'startsWith':
      return fold(value).startsWith(fold(condition.value));
    case 'endsWith':
      return fold(value).endsWith(fold(condition.value));
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compares(op, Date.parse(value), Date.parse(condition.value));
    default:
      return op satisfies never;
  }
}

function same(a: Scalar, b: Scalar): boolean {
  return typeof a === 'string' && typeof b === 'string' ? fold(a) === fold(b) : a === b;
}

function compares(op: Comparison, a: number, b: number): boolean {
  switch (op) {
    case 'lt':
      return a < b;
    case 'lte':
      return a <= b;
    case 'gt':
      return a > b;
    case 'gte':
      return a >= b;
    default:
      return op satisfies never;
  }
}

type Comparison = 'lt' | 'lte' | 'gt' | 'gte';
