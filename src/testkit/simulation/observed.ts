import type { Catalog, Unsettled } from '../../model/catalog.js';
import { entry } from '../../model/entry.js';
import type { LearnerId, OperationId } from '../../model/ids.js';
import type { SettledRange } from '../../repositories/repositories.js';

/** Learners of the transactions of one operation, or of a part of it. */
export class Evaluated {
  readonly ids = new Set<LearnerId>();
  /** Those to whose reads the store returned a row as unreadable, in a transaction that was committed. */
  readonly unreadable = new Set<LearnerId>();
}

/** What one operation did, as its process saw it. */
export class Observed {
  /** All that the operation evaluated. */
  readonly all = new Evaluated();
  /** What it evaluated since it committed an edit. */
  sinceCommit: Evaluated | undefined;
  /** The operation of the edit that it committed. */
  committed: OperationId | undefined;
  /** The operation that its writes named, other than those of edits. */
  own: OperationId | undefined;
  /** The operations of which it wrote something that was committed. */
  readonly wrote = new Set<OperationId>();
  /** Whether the catalog had moved on when it wanted to commit. */
  hasConflicted = false;
  /** Whether a call was made after one that reported a lost connection or a lock time-out. */
  hasGoneOn = false;
  #ranges = 0;
  readonly #done = new Map<OperationId, Set<string>>();
  /** A learner whose write failed in a transaction on this learner alone, and each error. */
  failedAlone: { readonly id: LearnerId; readonly errors: unknown[] } | undefined;
  /** The courses of outstanding work, by operation. */
  readonly works = new Map<OperationId, readonly string[]>();

  /** Records a transaction. */
  evaluates(ids: readonly LearnerId[]): void {
    for (const part of this.#parts()) for (const id of ids) part.ids.add(id);
  }

  /** Records which learners a committed transaction could not read. */
  couldNotRead(ids: Iterable<LearnerId>): void {
    for (const id of ids) for (const part of this.#parts()) part.unreadable.add(id);
  }

  failsAlone(id: LearnerId, error: unknown): void {
    this.failedAlone ??= { id, errors: [] };
    this.failedAlone.errors.push(error);
  }

  commit({ operation, ranges }: Unsettled): void {
    this.committed = operation.id;
    this.#ranges = ranges.length;
    this.sinceCommit = new Evaluated();
  }

  load({ unsettled }: Catalog): void {
    for (const { operation, courses } of unsettled) this.works.set(operation.id, courses);
  }

  settles({ operation, range, done }: SettledRange): void {
    if (done) entry(this.#done, operation, () => new Set()).add(range.pass);
  }

  /** Whether it recorded as done all ranges of the work that its own edit left. */
  hasSettledOwn(): boolean {
    return this.committed === undefined || this.#done.get(this.committed)?.size === this.#ranges;
  }

  #parts(): readonly Evaluated[] {
    return this.sinceCommit ? [this.all, this.sinceCommit] : [this.all];
  }
}
