import type { Unsettled } from '../model/catalog.js';
import type { OutstandingWork } from '../model/diff.js';
import type { OperationId } from '../model/ids.js';

const SECOND = 1_000;
const LONGEST = 600 * SECOND;

interface Failed {
  readonly error: unknown;
  readonly delay: number;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** The work that failed, and when `apply` tries it again: after a second, then after twice as long each time, up to ten minutes. */
export class Backoff {
  readonly #failed = new Map<OperationId, Failed>();

  /** `outer`: the failures of the same instance outside a host's transaction. What fails inside may succeed outside, so it is not recorded there. */
  constructor(
    readonly now: () => Date,
    readonly outer?: Backoff,
  ) {}

  /** Records that the work of this operation failed. */
  failed(operation: OperationId, error: unknown): void {
    const before = this.#failed.get(operation)?.delay;
    const delay = Math.min(before === undefined ? SECOND : 2 * before, LONGEST);
    this.#failed.set(operation, { error, delay, until: this.now().getTime() + delay });
  }

  /** Records that the work of this operation is done. */
  done(operation: OperationId): void {
    this.#failed.delete(operation);
  }

  /** Returns the error that stopped this work, if it is too early to try it again. */
  delayed(operation: OperationId): { readonly error: unknown } | undefined {
    const failed = this.#known(operation);
    return failed && this.now().getTime() < failed.until ? failed : undefined;
  }

  /** Returns those of the works that failed in this process, in order of revisions. */
  among(works: readonly Unsettled[]): OutstandingWork[] {
    return works
      .toSorted((a, b) => a.operation.revision - b.operation.revision)
      .flatMap(({ operation: { id } }) => {
        const failed = this.#known(id);
        return failed ? [{ operation: id, error: failed.error }] : [];
      });
  }

  #known(operation: OperationId): Failed | undefined {
    for (let each: Backoff | undefined = this; each; each = each.outer) {
      const failed = each.#failed.get(operation);
      if (failed) return failed;
    }
    return undefined;
  }
}
