import type { FieldId, SegmentId } from '../model/ids.js';
import type { AllRule, AnyRule, Condition, EveryoneRule, NotRule, Rule, SegmentRule } from '../model/rule.js';

/** The conditions on one profile field; see {@link field}. */
export interface FieldConditions {
  /** The value is this one: text folded, dates compared in time. */
  equals(value: string | number | boolean): Condition;
  /** The text contains this text, both folded (semantics §7.1). */
  contains(value: string): Condition;
  /** The text begins with this text, both folded (semantics §7.1). */
  startsWith(value: string): Condition;
  /** The text ends with this text, both folded (semantics §7.1). */
  endsWith(value: string): Condition;
  /** The value is one of these: all text (or dates), or all numbers. */
  in(value: readonly string[] | readonly number[]): Condition;
  /** The number is below this one, or the date before it. */
  lt(value: number | string): Condition;
  /** The number is this one or below, or the date is this one or before. */
  lte(value: number | string): Condition;
  /** The number is above this one, or the date after it. */
  gt(value: number | string): Condition;
  /** The number is this one or above, or the date is this one or after. */
  gte(value: number | string): Condition;
  /** The value is missing, empty, white space, or a list of only these. */
  blank(): Condition;
}

/** Builds a condition on a profile field: `field('site').equals('Bristol')`. Never throws; the rule is checked where it is used. */
export function field(id: FieldId): FieldConditions {
  return {
    equals: (value) => ({ field: id, op: 'equals', value }),
    contains: (value) => ({ field: id, op: 'contains', value }),
    startsWith: (value) => ({ field: id, op: 'startsWith', value }),
    endsWith: (value) => ({ field: id, op: 'endsWith', value }),
    in: (value) => ({ field: id, op: 'in', value }),
    lt: (value) => ({ field: id, op: 'lt', value }),
    lte: (value) => ({ field: id, op: 'lte', value }),
    gt: (value) => ({ field: id, op: 'gt', value }),
    gte: (value) => ({ field: id, op: 'gte', value }),
    blank: () => ({ field: id, op: 'blank' }),
  };
}

/** Builds a rule that holds when all of these do; at least one must be given. */
export function all(...rules: readonly Rule[]): AllRule {
  return { all: rules };
}

/** Builds a rule that holds when any of these does; without arguments it matches no learner. */
export function any(...rules: readonly Rule[]): AnyRule {
  return { any: rules };
}

/** Builds a rule that holds when this one does not. */
export function not(rule: Rule): NotRule {
  return { not: rule };
}

/** Builds a rule that holds for every member of the segment. */
export function inSegment(segmentId: SegmentId): SegmentRule {
  return { segment: segmentId };
}

/** The rule that holds for every learner. */
export const everyone: EveryoneRule = Object.freeze({ everyone: true });
