import type { Field } from '../../../../src/index.js';
import type { Dialect } from '../../../../src/sql/index.js';
import type { Change } from './tables.js';

/** What may happen to the learner of a bad row. */
export type Fate =
  /** The result is the same as without the row. */
  | 'unaffected'
  /** The learner is reported as blocked, keeps their assignments, and gains none. */
  | 'blocked'
  /** The result is the same as with these valid rows instead. */
  | { readonly as: readonly Change[] };

/** One bad row, and its allowed effects. */
export interface Poison {
  readonly name: string;
  readonly changes: readonly Change[];
  /** The learner that it is about, if any; the result for all others is exactly the same as without it. */
  readonly learner?: string;
  /** Any of these is allowed. */
  readonly fates: readonly Fate[];
  /** The course whose links it may freeze; it has no other effect. */
  readonly course?: string;
  /** Whether its links must be frozen. */
  readonly inert?: true;
  /** Additional ids of learners in the notice. */
  readonly ids?: readonly string[];
  /** Whether the learners are read through a view with a join. */
  readonly through?: 'people' | 'members';
  readonly fields?: readonly Field[];
  /** The databases that accept it, with this effect. Defaults to all. */
  readonly on?: readonly Dialect[];
  /** Whether `some_failed` is allowed: the row is about a learner that no store can keep. */
  readonly mayFail?: true;
}

/** Text longer than a profile may be. */
export const HUGE = 'x'.repeat(300_000);
