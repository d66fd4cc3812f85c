/** Stands for a transaction; only its identity counts. */
export type Holder = object;

interface Waiting {
  readonly holder: Holder;
  readonly alone: boolean;
  answer(granted: boolean): void;
}

/**
 * Holds the catalog still: shared by the transactions that loaded it, held alone by one that commits, each until it ends.
 * While a commit waits, transactions that have not loaded yet wait behind it, so that it cannot starve.
 */
export class CatalogLock {
  readonly #loaders = new Set<Holder>();
  #committer: Holder | undefined;
  #queue: Waiting[] = [];

  /** Resolves once this transaction may load; at once if it may already. */
  async share(holder: Holder): Promise<void> {
    if (this.#loaders.has(holder) || this.#committer === holder) return;
    await this.#wait(holder, false);
  }

  /**
   * Resolves to true once no other transaction keeps the catalog. Resolves to false at once where this one and
   * another, which wants to commit as well, have both loaded: each would wait for the other for ever.
   */
  async claim(holder: Holder): Promise<boolean> {
    return this.#wait(holder, true);
  }

  /** Gives up all that this transaction has and waits for. */
  release(holder: Holder): void {
    this.#loaders.delete(holder);
    if (this.#committer === holder) this.#committer = undefined;
    for (const waiting of this.#queue) if (waiting.holder === holder) waiting.answer(false);
    this.#queue = this.#queue.filter((waiting) => waiting.holder !== holder);
    this.#grant();
  }

  #wait(holder: Holder, alone: boolean): Promise<boolean> {
    return new Promise((answer) => {
      this.#queue.push({ holder, alone, answer });
      this.#grant();
    });
  }

  #grant(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const next of waiting) {
      const verdict = next.alone ? this.#mayCommit(next.holder) : this.#mayLoad(next.holder);
      if (verdict === 'later') this.#queue.push(next);
      else {
        if (verdict === 'yes' && next.alone) this.#committer = next.holder;
        else if (verdict === 'yes') this.#loaders.add(next.holder);
        next.answer(verdict === 'yes');
      }
    }
  }

  #mayLoad(holder: Holder): 'yes' | 'later' {
    if (this.#loaders.has(holder) || this.#committer === holder) return 'yes';
    return this.#committer || this.#queue.some((ahead) => ahead.alone) ? 'later' : 'yes';
  }

  #mayCommit(holder: Holder): 'yes' | 'no' | 'later' {
    if (this.#committer) return this.#committer === holder ? 'yes' : 'later';
    const loaded = this.#loaders.has(holder);
    const others = this.#loaders.size - (loaded ? 1 : 0);
    const ahead = this.#queue.filter((other) => other.alone && other.holder !== holder);
    if (loaded && ahead.some((other) => this.#loaders.has(other.holder))) return 'no';
    // One that has loaded goes before those that have not: they wait for it anyway.
    return others === 0 && (loaded || ahead.length === 0) ? 'yes' : 'later';
  }
}
