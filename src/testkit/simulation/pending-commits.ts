import { getOrCreate } from '../../collections/get-or-create.js';
import type { LearnerId } from '../../model/ids.js';
import { gate } from '../gate.js';

/**
 * Transactions with writes whose commit has not been acknowledged to their client. A store may show others the committed data, and give
 * them the locks, before it acknowledges the commit (InnoDB does so before it waits for the disk). Until then the expected state lags
 * behind.
 */
export class PendingCommits {
  readonly #pending = new Map<LearnerId, Set<Promise<void>>>();
  readonly #acknowledged = new Map<LearnerId, number>();

  /** Records that a transaction that wrote for these learners ends; call the returned function once the expected state is updated. */
  begin(ids: Iterable<LearnerId>): () => void {
    const { opened, open } = gate();
    const all = new Set(ids);
    for (const id of all) this.#of(id).add(opened);
    return () => {
      for (const id of all) if (this.#of(id).delete(opened)) this.#acknowledged.set(id, this.acknowledged(id) + 1);
      open();
    };
  }

  /** The number of such transactions on the learner that were acknowledged so far. */
  acknowledged(id: LearnerId): number {
    return this.#acknowledged.get(id) ?? 0;
  }

  has(id: LearnerId): boolean {
    return this.#of(id).size > 0;
  }

  /** Waits until all transactions that are ending now on these learners are acknowledged. */
  async settled(ids: Iterable<LearnerId>): Promise<void> {
    for (const id of ids) while (this.has(id)) await Promise.all(this.#of(id));
  }

  #of(id: LearnerId): Set<Promise<void>> {
    return getOrCreate(this.#pending, id, () => new Set());
  }
}
