import type { LearnerId } from '../../model/ids.js';

/**
 * Transactions that wrote and whose end is on its way: a store may show others what was committed, and give them the locks, before
 * the client itself hears of it (InnoDB does, and only then waits for the disk). Until then the ledger lags behind.
 */
export class Unheard {
  readonly #ending = new Map<LearnerId, Set<Promise<void>>>();
  readonly #heard = new Map<LearnerId, number>();

  /** Begins the end of a transaction that wrote for these learners; what is answered is called once the ledger has it. */
  ending(ids: Iterable<LearnerId>): () => void {
    let heard!: () => void;
    const hearing = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const all = new Set(ids);
    for (const id of all) this.#of(id).add(hearing);
    return () => {
      for (const id of all) if (this.#of(id).delete(hearing)) this.#heard.set(id, this.heard(id) + 1);
      heard();
    };
  }

  /** How many such transactions on the learner were heard of so far. */
  heard(id: LearnerId): number {
    return this.#heard.get(id) ?? 0;
  }

  isAny(id: LearnerId): boolean {
    return this.#of(id).size > 0;
  }

  /** Waits until those that end now on these learners were heard of. */
  async none(ids: Iterable<LearnerId>): Promise<void> {
    for (const id of ids) while (this.isAny(id)) await Promise.all(this.#of(id));
  }

  #of(id: LearnerId): Set<Promise<void>> {
    let found = this.#ending.get(id);
    if (!found) {
      found = new Set();
      this.#ending.set(id, found);
    }
    return found;
  }
}
