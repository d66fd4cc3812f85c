/** Locks by id, granted in the order in which they were asked for. */
export class Locks {
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Runs `work` once everybody who asked earlier for one of these ids is done.
   * All ids are queued for at once, so requests have one total order, and nobody waits in a circle.
   */
  async hold<T>(ids: Iterable<string>, work: () => Promise<T>): Promise<T> {
    const wanted = new Set(ids);
    const earlier = new Set<Promise<void>>();
    let release!: () => void;
    const done = new Promise<void>((resolve) => {
      release = resolve;
    });
    for (const id of wanted) {
      const last = this.#last.get(id);
      if (last) earlier.add(last);
      this.#last.set(id, done);
    }
    await Promise.all(earlier);
    try {
      return await work();
    } finally {
      for (const id of wanted) if (this.#last.get(id) === done) this.#last.delete(id);
      release();
    }
  }

  /** How many ids are locked or waited for. */
  get size(): number {
    return this.#last.size;
  }
}
