import type { SmartEnrolmentsOptions } from '../../model/options.js';
import type { ExpectedState } from './expected-state.js';
import type { Counts } from './report.js';

/** State that all processes of one world share. */
export interface SharedState {
  readonly expected: ExpectedState;
  readonly counts: Counts;
  readonly options: SmartEnrolmentsOptions;
  /** How many batches of an operation run concurrently. */
  readonly concurrency: number;
  /** The number of running or waiting transactions by learner. */
  readonly locking: Map<string, number>;
  /** Records a broken law, even if the library handles the error. */
  recordBroken(error: unknown): void;
}

/** Controls when a process goes on. `halt` waits for its turn; `sure(true)` declares that no other process can block it now. */
export interface Turns {
  next(turns?: number): Promise<void>;
  setUnblocked(is: boolean): void;
}
