import type { LearnerId } from '../../model/ids.js';

/**
 * Transactions with writes whose commit has not been acknowledged to their client. A store may show others the committed data, and give
 * them the locks, before it acknowledges the commit (InnoDB does so before it waits for the disk). Until then the ledger lags behind.
 */
export class Unheard {
  readonly #ending = new Map<LearnerId, Set<Promise<void>>>();
  readonly #heard = new Map<LearnerId, number>();

  /** Records that a transaction that wrote for these learners is ending; call the returned function once the ledger is updated. */
  ending(ids: Iterable<LearnerId>): () => void {
    let heard!: () => void;
    const acknowledged = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const all = new Set(ids);
    for (const id of all) this.#of(id).add(acknowledged);
    return () => {
      for (const id of all) if (this.#of(id).delete(acknowledged)) this.#heard.set(id, this.heard(id) + 1);
      heard();
    };
  }

  /** The number of such transactions on the learner that were acknowledged so far. */
  heard(id: LearnerId): number {
    return this.#heard.get(id) ?? 0;
  }

  isAny(id: LearnerId): boolean {
    return this.#of(id).size > 0;
  }

  /** Waits until all transactions that are ending now on these learners are acknowledged. */
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
