/** Identifies a transaction; only object identity matters. */
export type Holder = object;

interface Waiting {
  readonly holder: Holder;
  readonly exclusive: boolean;
  resolve(granted: boolean): void;
}

/**
 * Locks the catalog: shared by the transactions that loaded it, exclusive for one that commits, each until it ends.
 * While a commit waits, transactions that have not loaded the catalog wait behind it, so that it cannot starve.
 */
export class CatalogLock {
  readonly #loaders = new Set<Holder>();
  #committer: Holder | undefined;
  #queue: Waiting[] = [];

  /** Resolves once this transaction may load the catalog; immediately if it already may. */
  async share(holder: Holder): Promise<void> {
    if (this.#loaders.has(holder) || this.#committer === holder) return;
    await this.#wait(holder, false);
  }

  /**
   * Resolves with true once no other transaction holds the lock. Resolves with false immediately if both this transaction and another that
   * waits to commit have loaded the catalog: each would wait for the other forever.
   */
  async claim(holder: Holder): Promise<boolean> {
    return this.#wait(holder, true);
  }

  /** Releases all that this transaction holds or waits for. */
  release(holder: Holder): void {
    this.#loaders.delete(holder);
    if (this.#committer === holder) this.#committer = undefined;
    for (const waiting of this.#queue) if (waiting.holder === holder) waiting.resolve(false);
    this.#queue = this.#queue.filter((waiting) => waiting.holder !== holder);
    this.#grant();
  }

  #wait(holder: Holder, exclusive: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      this.#queue.push({ holder, exclusive, resolve });
      this.#grant();
    });
  }

  #grant(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const next of waiting) {
      const verdict = next.exclusive ? this.#mayCommit(next.holder) : this.#mayLoad(next.holder);
      if (verdict === 'later') this.#queue.push(next);
      else {
        if (verdict === 'yes' && next.exclusive) this.#committer = next.holder;
        else if (verdict === 'yes') this.#loaders.add(next.holder);
        next.resolve(verdict === 'yes');
      }
    }
  }

  #mayLoad(holder: Holder): 'yes' | 'later' {
    if (this.#loaders.has(holder) || this.#committer === holder) return 'yes';
    return this.#committer || this.#queue.some((ahead) => ahead.exclusive) ? 'later' : 'yes';
  }

  #mayCommit(holder: Holder): 'yes' | 'no' | 'later' {
    if (this.#committer) return this.#committer === holder ? 'yes' : 'later';
    const loaded = this.#loaders.has(holder);
    const others = this.#loaders.size - (loaded ? 1 : 0);
    const ahead = this.#queue.filter((other) => other.exclusive && other.holder !== holder);
    if (loaded && ahead.some((other) => this.#loaders.has(other.holder))) return 'no';
    // A transaction that has loaded precedes those that have not, because they wait for it anyway.
    return others === 0 && (loaded || ahead.length === 0) ? 'yes' : 'later';
  }
}
