import { getOrCreate } from '../../../collections/get-or-create.js';

/** A queue that runs jobs one after another, first in, first out. */
export class JobQueue {
  #last: Promise<unknown> = Promise.resolve();
  #unfinished = 0;

  /** Whether a job runs or waits. */
  get isInUse(): boolean {
    return this.#unfinished > 0;
  }

  run<T>(job: () => Promise<T>): Promise<T> {
    this.#unfinished++;
    const done = this.#last.then(job).finally(() => this.#unfinished--);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Waits for the jobs that are queued now. */
  async idle(): Promise<void> {
    await this.#last;
  }
}

/** Returns a function that returns the queue of an object, always the same one. */
export function queueByKey(): (key: object) => JobQueue {
  const queues = new WeakMap<object, JobQueue>();
  return (key) => getOrCreate(queues, key, () => new JobQueue());
}
