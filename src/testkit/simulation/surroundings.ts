import type { SmartEnrolmentsOptions } from '../../model/options.js';
import type { Ledger } from './ledger.js';
import type { Counts } from './report.js';

/** What all processes of one world share. */
export interface Common {
  readonly ledger: Ledger;
  readonly counts: Counts;
  readonly options: SmartEnrolmentsOptions;
  /** On how many batches an operation works at once. */
  readonly concurrency: number;
  /** Learners of the transactions that run or wait. */
  readonly locking: Map<string, number>;
  /** Takes note of a law that is broken, whatever the library makes of the error. */
  broken(error: unknown): void;
}

/** Halts a call until it is let go on; `sure` says that nobody can hold it up from here. */
export interface Pace {
  halt(turns?: number): Promise<void>;
  sure(is: boolean): void;
}
