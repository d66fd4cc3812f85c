import type { FieldId, SegmentId } from '../model/ids.js';
import type { AllRule, AnyRule, Condition, EveryoneRule, NotRule, Rule, SegmentRule } from '../model/rule.js';

/** The conditions that can be put to one profile field; see {@link field}. */
export interface FieldConditions {
  /** The value is this one: text folded, dates compared in time. */
  equals(value: string | number | boolean): Condition;
  /** The text has this text in it, both folded (semantics §7.1). */
  contains(value: string): Condition;
  /** The text begins with this text, both folded (semantics §7.1). */
  startsWith(value: string): Condition;
  /** The text ends with this text, both folded (semantics §7.1). */
  endsWith(value: string): Condition;
  /** The value is one of these: all text (or dates), or all numbers. */
  in(value: readonly string[] | readonly number[]): Condition;
  /** Below this number, or before this date. */
  lt(value: number | string): Condition;
  /** This number or below, or this date or before. */
  lte(value: number | string): Condition;
  /** Above this number, or after this date. */
  gt(value: number | string): Condition;
  /** This number or above, or this date or after. */
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

/** Builds a rule that holds when any of these does; of none it matches nobody. */
export function any(...rules: readonly Rule[]): AnyRule {
  return { any: rules };
}

/** Builds a rule that holds when this one does not. */
export function not(rule: Rule): NotRule {
  return { not: rule };
}

/** Builds a rule that holds for whoever belongs to the segment. */
export function inSegment(segmentId: SegmentId): SegmentRule {
  return { segment: segmentId };
}

/** The rule that holds for every learner. */
export const everyone: EveryoneRule = Object.freeze({ everyone: true });
