/**
 * What can go wrong around the library. A call loses its connection before its effect or after, the process dies, or a lock is waited for
 * too long; `write` fails for one learner; a walk that `matching` narrows fails; a transaction runs twice; a read is slow; a row cannot be
 * read for a while; a notice is lost, comes twice or comes late.
 */
export type FaultKind =
  | 'throwBefore'
  | 'throwAfter'
  | 'death'
  | 'lockTimeout'
  | 'failingWrite'
  | 'failingWalk'
  | 'rerun'
  | 'slowRead'
  | 'unreadableRow'
  | 'lostNotice'
  | 'doubledNotice'
  | 'reorderedNotice';

/**
 * How likely each fault is, from 0 to 1: in an operation of the library, except that `unreadableRow` is the chance that a step makes a row
 * unreadable, and that the last three concern a notice.
 */
export type Faults = { readonly [Kind in FaultKind]: number };

/** What a simulation did, counted. */
export interface Report {
  /** The seed that decided everything. */
  readonly seed: number;
  /** Public operations of clients. */
  readonly steps: number;
  /** Those after which something was stored that was not before. */
  readonly changed: number;
  /** Edits that were refused, with reason. */
  readonly refused: number;
  /** Edits that gave up because others committed in between. */
  readonly conflicts: number;
  /** Edits that were committed. */
  readonly commits: number;
  /** Transactions that were asked for. */
  readonly transactions: number;
  /** Transactions that were asked for while another on one of their learners ran or waited. */
  readonly overlapping: number;
  /** How often everybody ended, and all the laws were checked. */
  readonly quiet: number;
  /** How often each kind of fault struck; `unreadableRow`: how many operations met such a row. */
  readonly faults: { readonly [Kind in FaultKind]: number };
}

/** A report being written. */
export type Counts = { -readonly [Key in Exclude<keyof Report, 'faults' | 'seed'>]: number } & {
  readonly faults: { [Kind in FaultKind]: number };
};

/** How likely faults are unless told otherwise. */
export const DEFAULT_FAULTS: Faults = {
  throwBefore: 0.03,
  throwAfter: 0.03,
  death: 0.03,
  lockTimeout: 0.03,
  failingWrite: 0.04,
  failingWalk: 0.04,
  rerun: 0.05,
  slowRead: 0.1,
  unreadableRow: 0.02,
  lostNotice: 0.1,
  doubledNotice: 0.1,
  reorderedNotice: 0.2,
};

/** Nothing ever goes wrong. */
export const NO_FAULTS: Faults = {
  ...{ throwBefore: 0, throwAfter: 0, death: 0, lockTimeout: 0, failingWrite: 0, failingWalk: 0 },
  ...{ rerun: 0, slowRead: 0, unreadableRow: 0, lostNotice: 0, doubledNotice: 0, reorderedNotice: 0 },
};

/** Begins to count. */
export function counting(): Counts {
  return {
    ...{ steps: 0, changed: 0, refused: 0, conflicts: 0, commits: 0, transactions: 0, overlapping: 0, quiet: 0 },
    faults: { ...NO_FAULTS },
  };
}
