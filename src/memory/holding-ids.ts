import type { LearnerId } from '../model/ids.js';
import { Sorted } from './sorted.js';

/** The most ids that wait to be sorted. */
const WAITING = 512;

/** Learners' ids, sorted when they are read, because changes are frequent and reads are rare. */
export class HoldingIds {
  readonly #sorted = new Sorted<LearnerId>((id) => id);
  /** Ids that were added (true) or deleted (false) since the last sort. */
  readonly #pending = new Map<LearnerId, boolean>();

  add(id: LearnerId): void {
    if (this.#pending.size > 0 || !this.#sorted.append(id)) this.#change(id, true);
  }

  delete(id: LearnerId): void {
    this.#change(id, false);
  }

  /** Returns the ids in order. */
  sorted(): Sorted<LearnerId> {
    for (const [id, isThere] of this.#pending) {
      if (isThere) this.#sorted.add(id);
      else this.#sorted.delete(id);
    }
    this.#pending.clear();
    return this.#sorted;
  }

  #change(id: LearnerId, isThere: boolean): void {
    this.#pending.set(id, isThere);
    if (this.#pending.size > WAITING) this.sorted();
  }
}
