import type { OperationId } from './ids.js';

/** What changed the catalog or learners: an `apply`, a notice (`learnersChanged`), a reconcile, or a day (semantics §8). */
export interface Operation {
  /** Identifies the operation; a random UUID. */
  readonly id: OperationId;
  /** Which kind of operation. */
  readonly kind: 'apply' | 'notice' | 'reconcile' | 'day';
  /** When it began, by the engine's clock: an ISO 8601 instant in UTC, with milliseconds. */
  readonly at: string;
  /** Of an `apply`, the revision that its commit made; otherwise the revision of the catalog when it first wrote. */
  readonly revision: number;
  /** Of a day, the day (ISO 8601). */
  readonly day?: string;
  /** Who or what asked for it, as `by.actor` was given. */
  readonly actor?: string;
  /** Why, as `by.reason` was given. */
  readonly reason?: string;
  /** The operation that this one undoes. */
  readonly undoes?: OperationId;
}
