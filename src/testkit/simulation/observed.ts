import { getOrCreate } from '../../collections/get-or-create.js';
import type { Catalog, Unsettled } from '../../model/catalog.js';
import type { LearnerId, OperationId } from '../../model/ids.js';
import type { SettledRange } from '../../repositories/repositories.js';

/** The learners in the transactions of one operation, or of a part of it. */
export class Evaluated {
  readonly ids = new Set<LearnerId>();
  /** Learners with a row that a committed transaction could not read. */
  readonly unreadable = new Set<LearnerId>();
}

/** What one operation did, as observed in its process. */
export class Observed {
  /** Everything that the operation evaluated. */
  readonly all = new Evaluated();
  /** What it evaluated since it committed an edit. */
  sinceCommit: Evaluated | undefined;
  /** The operation id of the edit that it committed. */
  committed: OperationId | undefined;
  /** The operation id in its writes, other than those of edits. */
  own: OperationId | undefined;
  /** The operation ids of its committed writes. */
  readonly wrote = new Set<OperationId>();
  /** Whether its commit was rejected with catalog_conflict. */
  hasConflicted = false;
  /** Whether it made a call after one that threw a lost connection or a lock timeout. */
  hasCalledAfterFault = false;
  #ranges = 0;
  readonly #done = new Map<OperationId, Set<string>>();
  /** A learner whose write failed in a transaction on this learner alone, and each error. */
  failedAlone: { readonly id: LearnerId; readonly errors: unknown[] } | undefined;
  /** The courses of outstanding work, by operation. */
  readonly coursesOfWork = new Map<OperationId, readonly string[]>();

  /** Records a transaction. */
  recordTransaction(ids: readonly LearnerId[]): void {
    for (const part of this.#parts()) for (const id of ids) part.ids.add(id);
  }

  /** Records which learners a committed transaction could not read. */
  recordUnreadable(ids: Iterable<LearnerId>): void {
    for (const id of ids) for (const part of this.#parts()) part.unreadable.add(id);
  }

  recordFailedAlone(id: LearnerId, error: unknown): void {
    this.failedAlone ??= { id, errors: [] };
    this.failedAlone.errors.push(error);
  }

  recordCommit({ operation, ranges }: Unsettled): void {
    this.committed = operation.id;
    this.#ranges = ranges.length;
    this.sinceCommit = new Evaluated();
  }

  recordLoad({ unsettled }: Catalog): void {
    for (const { operation, courses } of unsettled) this.coursesOfWork.set(operation.id, courses);
  }

  recordSettled({ operation, range, done }: SettledRange): void {
    if (done) getOrCreate(this.#done, operation, () => new Set()).add(range.pass);
  }

  /** Whether it recorded as done all ranges of the work that its own edit left. */
  hasSettledOwn(): boolean {
    return this.committed === undefined || this.#done.get(this.committed)?.size === this.#ranges;
  }

  #parts(): readonly Evaluated[] {
    return this.sinceCommit ? [this.all, this.sinceCommit] : [this.all];
  }
}
