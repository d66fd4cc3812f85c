/** What can go wrong around the library. */
export type FaultKind =
  | 'throwBefore'
  | 'throwAfter'
  | 'death'
  | 'rerun'
  | 'slowRead'
  | 'lostNotice'
  | 'doubledNotice'
  | 'reorderedNotice';

/** How likely each fault is, from 0 to 1: the first five an operation of the library, the others a notice. */
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
  /** How often each kind of fault struck. */
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
  rerun: 0.05,
  slowRead: 0.1,
  lostNotice: 0.1,
  doubledNotice: 0.1,
  reorderedNotice: 0.2,
};

/** Nothing ever goes wrong. */
export const NO_FAULTS: Faults = {
  ...{ throwBefore: 0, throwAfter: 0, death: 0, rerun: 0 },
  ...{ slowRead: 0, lostNotice: 0, doubledNotice: 0, reorderedNotice: 0 },
};

/** Begins to count. */
export function counting(): Counts {
  return {
    ...{ steps: 0, changed: 0, refused: 0, conflicts: 0, commits: 0, transactions: 0, overlapping: 0, quiet: 0 },
    faults: { ...NO_FAULTS },
  };
}
