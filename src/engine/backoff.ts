import type { UnsettledWork } from '../model/catalog.js';
import type { OutstandingWork } from '../model/diff.js';

const SECOND = 1_000;
const LONGEST = 600 * SECOND;

interface Failed {
  readonly error: unknown;
  readonly delay: number;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** Which work failed, and when `apply` tries it again: after a second, and twice as long after each further failure, up to ten minutes. */
export class Backoff {
  readonly #failed = new Map<number, Failed>();

  constructor(readonly clock: () => Date) {}

  /** Records that the work left at this revision failed. */
  failed(revision: number, error: unknown): void {
    const before = this.#failed.get(revision)?.delay;
    const delay = Math.min(before === undefined ? SECOND : 2 * before, LONGEST);
    this.#failed.set(revision, { error, delay, until: this.clock().getTime() + delay });
  }

  /** Records that the work left at this revision is done. */
  done(revision: number): void {
    this.#failed.delete(revision);
  }

  /** Returns what stopped this work, if it is too early to try it again. */
  waits(revision: number): { readonly error: unknown } | undefined {
    const failed = this.#failed.get(revision);
    return failed && this.clock().getTime() < failed.until ? failed : undefined;
  }

  /** Returns those of the works that failed here, in order of revisions. */
  among(works: readonly UnsettledWork[]): OutstandingWork[] {
    return works
      .flatMap(({ revision }) => {
        const failed = this.#failed.get(revision);
        return failed ? [{ revision, error: failed.error }] : [];
      })
      .sort((a, b) => a.revision - b.revision);
  }
}
