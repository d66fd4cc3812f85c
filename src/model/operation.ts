import type { OperationId } from './ids.js';

/** A call that changed the catalog or learners: an `apply`, a notice (`learnersChanged`), a reconcile, or a day (semantics §8). */
export interface Operation {
  /** Identifies the operation; a random UUID, or `revision-` and a number for work that an upgrade of the tables found. */
  readonly id: OperationId;
  /** The kind of operation. */
  readonly kind: 'apply' | 'notice' | 'reconcile' | 'day';
  /** When it began, by the engine's clock: an ISO 8601 instant in UTC, with milliseconds. */
  readonly at: string;
  /** For an `apply`, the revision that its commit made; otherwise the catalog's revision on which its first batch was decided. */
  readonly revision: number;
  /** The day, for the kind `day` (ISO 8601). */
  readonly day?: string;
  /** Who or what started it: the given `by.actor`. */
  readonly actor?: string;
  /** Why it was started: the given `by.reason`. */
  readonly reason?: string;
  /** The operation that this one undoes. */
  readonly undoes?: OperationId;
}
