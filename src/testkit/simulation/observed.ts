import type { Catalog } from '../../model/catalog.js';
import type { LearnerId } from '../../model/ids.js';

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
  /** The revision of the edit that it committed. */
  committed: number | undefined;
  /** Whether the catalog had moved on when it wanted to commit. */
  hasConflicted = false;
  /** Whether a call was made after one that reported a lost connection or a lock time-out. */
  hasGoneOn = false;
  /** Revisions whose work it recorded as done. */
  readonly done = new Set<number>();
  /** A learner whose write failed in a transaction on this learner alone, and each error. */
  failedAlone: { readonly id: LearnerId; readonly errors: unknown[] } | undefined;
  /** The courses of outstanding work, by revision. */
  readonly works = new Map<number, readonly string[]>();

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

  commit(revision: number): void {
    this.committed = revision;
    this.sinceCommit = new Evaluated();
  }

  load({ unsettled }: Catalog): void {
    for (const { revision, courses } of unsettled) this.works.set(revision, courses);
  }

  #parts(): readonly Evaluated[] {
    return this.sinceCommit ? [this.all, this.sinceCommit] : [this.all];
  }
}
