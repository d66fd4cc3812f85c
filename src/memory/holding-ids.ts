import type { LearnerId } from '../model/ids.js';
import { Sorted } from './sorted.js';

/** The most ids that wait to be sorted. */
const WAITING = 512;

/** Learners' ids, sorted when they are read, because changes are frequent and reads are rare. */
export class HoldingIds {
  readonly #sorted = new Sorted<LearnerId>((id) => id);
  /** Ids that were added (true) or deleted (false) since the last sort. */
  readonly #waiting = new Map<LearnerId, boolean>();

  add(id: LearnerId): void {
    if (this.#waiting.size > 0 || !this.#sorted.append(id)) this.#wait(id, true);
  }

  delete(id: LearnerId): void {
    this.#wait(id, false);
  }

  /** Returns the ids in order. */
  inOrder(): Sorted<LearnerId> {
    for (const [id, isThere] of this.#waiting) {
      if (isThere) this.#sorted.add(id);
      else this.#sorted.delete(id);
    }
    this.#waiting.clear();
    return this.#sorted;
  }

  #wait(id: LearnerId, isThere: boolean): void {
    this.#waiting.set(id, isThere);
    if (this.#waiting.size > WAITING) this.inOrder();
  }
}
