import type { FieldId, SegmentId } from './ids.js';

/**
 * Who belongs: plain JSON that can be stored, sent, and built in a form.
 * Evaluated by {@link matches}; written most easily with the builders (semantics §7.1–§7.6).
 */
export type Rule = AllRule | AnyRule | NotRule | EveryoneRule | SegmentRule | Condition;

/** Holds when every rule in it holds. An empty list is refused: say {@link EveryoneRule}. */
export interface AllRule {
  readonly all: readonly Rule[];
}

/** Holds when at least one rule in it holds; an empty list matches nobody. */
export interface AnyRule {
  readonly any: readonly Rule[];
}

/** Holds when the rule in it does not: logical, so `not(equals X)` holds on a blank value. */
export interface NotRule {
  readonly not: Rule;
}

/** Holds for every learner. */
export interface EveryoneRule {
  readonly everyone: true;
}

/** Holds for whoever belongs to the segment, by its rule or by hand. */
export interface SegmentRule {
  readonly segment: SegmentId;
}

/** A question about one profile field. On a list any element may satisfy it; on a blank value only `blank` holds. */
export type Condition =
  | EqualsCondition
  | { readonly field: FieldId; readonly op: 'contains' | 'startsWith' | 'endsWith'; readonly value: string }
  | { readonly field: FieldId; readonly op: 'in'; readonly value: readonly string[] | readonly number[] }
  | { readonly field: FieldId; readonly op: 'lt' | 'lte' | 'gt' | 'gte'; readonly value: number | string }
  | BlankCondition;

/** The value is this one: text folded, dates compared in time, numbers never equal to text. */
export interface EqualsCondition {
  readonly field: FieldId;
  readonly op: 'equals';
  readonly value: string | number | boolean;
}

/** The value is missing, `null`, empty text, white space, an empty list, or a list of only these. */
export interface BlankCondition {
  readonly field: FieldId;
  readonly op: 'blank';
}

/** What a condition asks. Which of them a field's type has is in semantics §7.4. */
export type Operator = Condition['op'];
