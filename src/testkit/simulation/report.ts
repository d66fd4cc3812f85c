/**
 * A kind of fault. A call loses its connection before or after its effect, the process dies, or a lock wait times out; `write` fails for
 * one learner; a walk with `matching` fails; a transaction runs twice; a read is slow; a row cannot be read for a while; a notice is
 * lost, arrives twice or arrives late.
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
 * The probability of each fault, from 0 to 1, in one operation of the library. Exceptions: `unreadableRow` is the probability that a step
 * makes a row unreadable, and the last three are probabilities for one notice.
 */
export type Faults = { readonly [Kind in FaultKind]: number };

/** Counts of what a simulation did. */
export interface Report {
  /** The seed that decided everything. */
  readonly seed: number;
  /** Public operations that clients ran. */
  readonly steps: number;
  /** Operations that changed what is stored. */
  readonly changed: number;
  /** Edits that were rightly refused. */
  readonly refused: number;
  /** Edits that failed because another commit came first. */
  readonly conflicts: number;
  /** Edits that were committed. */
  readonly commits: number;
  /** Transactions that were requested. */
  readonly transactions: number;
  /** Transactions that were requested while another one on the same learner ran or waited. */
  readonly overlapping: number;
  /** How often all clients were at rest and all laws were checked. */
  readonly quiet: number;
  /** How often each kind of fault occurred; for `unreadableRow`, how many operations read such a row. */
  readonly faults: { readonly [Kind in FaultKind]: number };
}

/** A report that is still being counted. */
export type Counts = { -readonly [Key in Exclude<keyof Report, 'faults' | 'seed'>]: number } & {
  readonly faults: { [Kind in FaultKind]: number };
};

/** The default probabilities of faults. */
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

/** No fault ever occurs. */
export const NO_FAULTS: Faults = {
  ...{ throwBefore: 0, throwAfter: 0, death: 0, lockTimeout: 0, failingWrite: 0, failingWalk: 0 },
  ...{ rerun: 0, slowRead: 0, unreadableRow: 0, lostNotice: 0, doubledNotice: 0, reorderedNotice: 0 },
};

/** Returns counts that are all 0. */
export function counting(): Counts {
  return {
    ...{ steps: 0, changed: 0, refused: 0, conflicts: 0, commits: 0, transactions: 0, overlapping: 0, quiet: 0 },
    faults: { ...NO_FAULTS },
  };
}
