/** A queue that runs jobs one after another, first in, first out. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether a job runs or waits. */
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
