import type { LearnerDiff } from './diff.js';
import type { CourseId, Fingerprint, LearnerId } from './ids.js';
import type { Learner } from './learner.js';

/** A count, or a fraction of the enrolments that smart assignments hold in the operation's scope, but never below `atLeast`. */
export type Limit =
  | number
  | {
      /** From 0 to 1. */
      readonly fraction: number;
      /** A count that passes in any case. Default 0. */
      readonly atLeast?: number;
    };

/** How a host wants its enrolments kept. */
export interface SmartEnrolmentsOptions {
  /** What an inactive learner means: `freeze` keeps and gains nothing, `unenrol` is outside every audience. Default `freeze`. */
  readonly inactive?: 'freeze' | 'unenrol';
  /** An operation strictly above is refused before anything is written, unless confirmed (semantics §6). */
  readonly limits?: {
    /** Of enrolments that end. */
    readonly unenrolments?: Limit;
    /** Of completed training records that are archived. */
    readonly archives?: Limit;
  };
  /** Learners looked at, locked and written together: 1 to 10,000. Default 1,000. */
  readonly batchSize?: number;
  /** Returns the current time. Default: the system's clock. */
  readonly clock?: () => Date;
}

/** How far an operation has come. */
export interface Progress {
  /** `check`: a dry run, nothing is written; `write`: for real. */
  readonly phase: 'check' | 'write';
  /** Learners looked at in this phase so far. */
  readonly looked: number;
  /** Learners for whom something changes, in this phase so far. */
  readonly changed: number;
  /** Everyone up to this id, in the store's order, is done: where a reconcile that is cut off can go on. */
  readonly after?: LearnerId;
}

/** What every operation takes. */
export interface RunOptions {
  /** Checked before every batch; its reason passes untouched. */
  readonly signal?: AbortSignal;
  /** Called after every batch. */
  onProgress?(progress: Progress): void;
  /** Given every diff, a batch at a time, and awaited; where the operation writes, after the batch's commit, at most once. */
  onDiff?(diffs: readonly LearnerDiff[]): void | Promise<void>;
}

/** Lets through what a removal limit would refuse. */
export interface Confirm {
  /** Of the plan shown, or as named by a `removal_limit` error. */
  readonly confirm?: Fingerprint;
}

/** Names who asked for an operation. The texts belong to the host: the store keeps them, and no decision depends on them (semantics §8). */
export interface By {
  /** On whose behalf the operation runs. Absent: it names no actor. */
  readonly by?: {
    /** A user's id, the name of a job, … Not blank, at most 200 characters. */
    readonly actor: string;
    /** Why. Not blank, at most 200 characters. */
    readonly reason?: string;
  };
}

/** What a preview of learners assumes. A learner is in one of the two lists at most. */
export interface WhatIf {
  /** Learners as they would be stored, each once. */
  readonly learners?: readonly Learner[];
  /** Learners who would be deleted. */
  readonly deleted?: readonly LearnerId[];
}

/** Which part of everyone a reconcile looks at. */
export interface ReconcileScope {
  /** Only learners that follow this id, in the store's order. */
  readonly after?: LearnerId;
  /** Only learners up to this id. */
  readonly upTo?: LearnerId;
  /** Only these courses. */
  readonly courses?: readonly CourseId[];
}
