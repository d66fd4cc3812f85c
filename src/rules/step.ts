/** The index of the bitmap of one rule: a bit for each learner of the batch. */
export type Slot = number;

/** The slot that holds for everyone, and the slot that holds for no learner. */
export const EVERYONE: Slot = 0;
export const NO_LEARNER: Slot = 1;

/** Computes one slot from earlier ones. */
export interface Step {
  readonly op: 'and' | 'or' | 'not';
  readonly inputs: readonly Slot[];
  readonly out: Slot;
}
