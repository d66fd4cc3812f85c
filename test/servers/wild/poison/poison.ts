import type { Field } from '../../../../src/index.js';
import type { Dialect } from '../../../../src/sql/index.js';
import type { Change } from './tables.js';

/** What may become of the learner whom a bad row is about. */
export type Fate =
  /** They end as without the row. */
  | 'unaffected'
  /** They are reported as blocked, keep what they hold, and gain nothing. */
  | 'blocked'
  /** They end as with these rows instead, with which nothing is wrong. */
  | { readonly as: readonly Change[] };

/** One bad row, and what it may do. */
export interface Poison {
  readonly name: string;
  readonly changes: readonly Change[];
  /** The learner whom it is about, if any; everyone else ends exactly as without it. */
  readonly learner?: string;
  /** Any of these is right. */
  readonly fates: readonly Fate[];
  /** The course whose links may be frozen by it; everything else goes on. */
  readonly course?: string;
  /** Whether its links must be frozen. */
  readonly inert?: true;
  /** Ids of learners that a notice names besides. */
  readonly ids?: readonly string[];
  /** Whether the learners are read through a view with a join. */
  readonly through?: 'people' | 'members';
  readonly fields?: readonly Field[];
  /** The databases on which it can be written, and means this. Defaults to all. */
  readonly on?: readonly Dialect[];
  /** `some_failed` is right: the row is about a learner whom no store can keep. */
  readonly mayFail?: true;
}

/** Text longer than a profile may be. */
export const HUGE = 'x'.repeat(300_000);
