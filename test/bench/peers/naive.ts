import type { Assignment, Catalog, Condition, LearnerState, Profile, Rule, Scalar } from '../../../src/core.js';

/** Called with each learner who changes. */
export type Visit = (learnerId: string, assigned: readonly Assignment[], released: readonly Assignment[]) => void;
/** Folds text, so that texts that look equal to people are equal. */
export type Fold = (text: string) => string;

/** Folds text as semantics §7.1 defines. */
export const folding: Fold = (text) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase();
/** For text that is already folded. */
export const foldedAlready: Fold = (text) => text;

/** What a host would write first: evaluate each segment's rule for each learner with short-circuiting, then compare wanted and held. */
export function naiveDiff(catalog: Catalog, states: readonly LearnerState[], fold: Fold, visit: Visit): void {
  const rules = new Map(catalog.segments.map(({ id, rule }) => [id, rule]));
  for (const { learnerId, learner, assignments } of states) {
    if (!learner) continue;
    const memberOf = new Map<string, boolean>();
    const isIn = (id: string): boolean => {
      let member = memberOf.get(id);
      if (member === undefined) {
        const rule = rules.get(id);
        member =
          (rule !== undefined && holds(rule, learner.profile, isIn, fold)) || (learner.segments?.includes(id) ?? false);
        memberOf.set(id, member);
      }
      return member;
    };
    const wanted = new Map<string, Assignment>();
    for (const { id, segmentId, courseId } of catalog.links) {
      if (isIn(segmentId)) wanted.set(id, { courseId, linkId: id, segmentId });
    }
    const released = assignments.filter(({ linkId }) => !wanted.delete(linkId));
    if (wanted.size > 0 || released.length > 0) visit(learnerId, [...wanted.values()], released);
  }
}

function holds(rule: Rule, profile: Profile, isIn: (id: string) => boolean, fold: Fold): boolean {
  if ('all' in rule) return rule.all.every((inner) => holds(inner, profile, isIn, fold));
  if ('any' in rule) return rule.any.some((inner) => holds(inner, profile, isIn, fold));
  if ('not' in rule) return !holds(rule.not, profile, isIn, fold);
  if ('everyone' in rule) return true;
  if ('segment' in rule) return isIn(rule.segment);
  const value = profile[rule.field];
  if (!Array.isArray(value)) return satisfies(rule, value as Scalar, fold);
  return (value as readonly Scalar[]).some((one) => satisfies(rule, one, fold));
}

function satisfies(condition: Condition, value: Scalar, fold: Fold): boolean {
  if (condition.op === 'blank') return value === undefined || value === null || value === '';
  if (condition.op === 'in') return (condition.value as readonly Scalar[]).some((one) => same(value, one, fold));
  if (condition.op === 'equals') return same(value, condition.value, fold);
  const asked = condition.value;
  if (typeof value === 'number' && typeof asked === 'number') return compares(condition.op, value, asked);
  if (typeof value !== 'string' || typeof asked !== 'string') return false;
  switch (condition.op) {
    case 'contains':
      return fold(value).includes(fold(asked));
    case 'startsWith':
      return fold(value).startsWith(fold(asked));
    case 'endsWith':
      return fold(value).endsWith(fold(asked));
    default:
      return compares(condition.op, Date.parse(value), Date.parse(asked));
  }
}

function same(a: Scalar, b: Scalar, fold: Fold): boolean {
  return typeof a === 'string' && typeof b === 'string' ? fold(a) === fold(b) : a === b;
}

function compares(op: Condition['op'], a: number, b: number): boolean {
  switch (op) {
    case 'lt':
      return a < b;
    case 'lte':
      return a <= b;
    case 'gt':
      return a > b;
    default:
      return op === 'gte' && a >= b;
  }
}
