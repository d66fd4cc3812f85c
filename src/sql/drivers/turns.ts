/** Lets one after another do what must not be done at the same time, first come, first served. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether somebody has the turn, or waits for it. */
  get taken(): boolean {
    return this.#waiting > 0;
  }

  take<T>(job: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const done = this.#last.then(job).finally(() => this.#waiting--);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
