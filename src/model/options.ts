import type { LearnerDiff } from './diff.js';
import type { CourseId, Fingerprint, LearnerId } from './ids.js';
import type { Learner } from './learner.js';

/** A count, or a fraction of the enrolments that smart assignments hold in the operation's scope, but never below `atLeast`. */
export type Limit =
  | number
  | {
      /** From 0 to 1. */
      readonly fraction: number;
      /** A count that is always allowed. Defaults to 0. */
      readonly atLeast?: number;
    };

/** The options of `createSmartEnrolments`. */
export interface SmartEnrolmentsOptions {
  /** What happens to inactive learners: `freeze`: they keep what they hold and gain nothing; `unenrol`: they are in no audience. Defaults to `freeze`. */
  readonly inactive?: 'freeze' | 'unenrol';
  /** An operation above a limit is rejected before anything is written, unless it is confirmed (semantics §6). */
  readonly limits?: {
    /** For enrolments that end. */
    readonly unenrolments?: Limit;
    /** For completed training records that are archived. */
    readonly archives?: Limit;
  };
  /** The number of learners evaluated, locked and written together: 1 to 10,000. Defaults to 1,000. */
  readonly batchSize?: number;
  /** Returns the current time. Defaults to the system clock. */
  readonly clock?: () => Date;
}

/** The progress of an operation. */
export interface Progress {
  /** `check`: a dry run that writes nothing. `write`: diffs are written. */
  readonly phase: 'check' | 'write';
  /** Learners evaluated in this phase so far. */
  readonly looked: number;
  /** Learners with a change, in this phase so far. */
  readonly changed: number;
  /** All learners up to this id, in the store's order, are done. An interrupted reconcile can continue after this id. */
  readonly after?: LearnerId;
}

/** The options of every operation. */
export interface RunOptions {
  /** Checked before every batch. An operation that it aborts rejects with the signal's reason, unchanged. */
  readonly signal?: AbortSignal;
  /** Called after every batch. */
  onProgress?(progress: Progress): void;
  /**
   * Called with the diffs of each batch, and awaited. If the operation writes, it is called after the batch's commit, at most once. Inside a
   * transaction of the host's it is called before the host's commit, so a rollback may undo what it reported: use `onWrite` with an outbox there.
   */
  onDiff?(diffs: readonly LearnerDiff[]): void | Promise<void>;
}

/** Allows an operation that a removal limit would reject. */
export interface Confirm {
  /** The fingerprint of the preview, or of the `removal_limit` error. */
  readonly confirm?: Fingerprint;
}

/** Names who started an operation, and why. The store is given both with every commit and write; no decision depends on them (semantics §8). */
export interface By {
  /** Who started the operation. Absent: no actor is recorded. */
  readonly by?: {
    /** For example a user's id or the name of a job. Not blank, at most 200 characters. */
    readonly actor: string;
    /** Why the operation was started. Not blank, at most 200 characters. */
    readonly reason?: string;
  };
}

/** The input of `previewLearners`. A learner may be in only one of the two lists. */
export interface WhatIf {
  /** Learners as the host would store them, each once. */
  readonly learners?: readonly Learner[];
  /** Learners who would be deleted. */
  readonly deleted?: readonly LearnerId[];
}

/** The learners and courses that a reconcile evaluates. */
export interface ReconcileScope {
  /** Only learners that follow this id, in the store's order. */
  readonly after?: LearnerId;
  /** Only learners up to this id. */
  readonly upTo?: LearnerId;
  /** Only these courses. */
  readonly courses?: readonly CourseId[];
}
