/** Locks by id, granted in the order of the requests. */
export class Locks {
  readonly #last = new Map<string, Promise<void>>();

  /**
   * Runs `work` once all earlier requests for any of these ids are done.
   * All ids of a request are queued together, so requests have one total order, and no deadlock is possible.
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

  /** The number of ids that are locked or waited for. */
  get size(): number {
    return this.#last.size;
  }
}
