import type { FieldId, SegmentId } from './ids.js';

/**
 * A condition on learners: plain JSON that can be stored, sent, and built in a form.
 * `matches` of `smart-enrolments/core` evaluates it. The builders are the easiest way to write it (semantics §7.1–§7.6).
 */
export type Rule = AllRule | AnyRule | NotRule | EveryoneRule | SegmentRule | Condition;

/** Holds when every rule in it holds. An empty list is rejected: use {@link EveryoneRule}. */
export interface AllRule {
  /** The rules that must all hold; at least one. */
  readonly all: readonly Rule[];
}

/** Holds when at least one rule in it holds; an empty list matches no learner. */
export interface AnyRule {
  /** The rules of which at least one must hold. */
  readonly any: readonly Rule[];
}

/** Holds when the rule in it does not: logical, so `not(equals X)` holds on a blank value. */
export interface NotRule {
  /** The rule that must not hold. */
  readonly not: Rule;
}

/** Holds for every learner. */
export interface EveryoneRule {
  /** Always `true`. */
  readonly everyone: true;
}

/** Holds for the members of the segment, by its rule or by hand. */
export interface SegmentRule {
  /** The segment; it must exist when the rule is saved. */
  readonly segment: SegmentId;
}

/** A condition on one profile field. On a list, any element may satisfy it; on a blank value, only `blank` holds. */
export type Condition =
  | EqualsCondition
  /** The text contains, starts with or ends with this text; both folded (semantics §7.1). */
  | { readonly field: FieldId; readonly op: 'contains' | 'startsWith' | 'endsWith'; readonly value: string }
  /** The value equals one of these: all text (or dates), or all numbers. */
  | { readonly field: FieldId; readonly op: 'in'; readonly value: readonly string[] | readonly number[] }
  /** The number is below or above this one, or the date before or after it; `lte` and `gte` also hold for the value itself. */
  | { readonly field: FieldId; readonly op: 'lt' | 'lte' | 'gt' | 'gte'; readonly value: number | string }
  | BlankCondition;

/** The value is this one: text folded, dates compared in time, numbers never equal to text. */
export interface EqualsCondition {
  /** The profile field. */
  readonly field: FieldId;
  /** The operator. */
  readonly op: 'equals';
  /** What the value must equal; never blank. */
  readonly value: string | number | boolean;
}

/** The value is missing, `null`, empty text, white space, an empty list, or a list of only these. */
export interface BlankCondition {
  /** The profile field. */
  readonly field: FieldId;
  /** The operator. */
  readonly op: 'blank';
}

/** The operator of a condition. Semantics §7.4 lists the operators of each field type. */
export type Operator = Condition['op'];
