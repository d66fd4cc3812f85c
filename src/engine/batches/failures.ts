import type { LearnerId } from '../../model/ids.js';

/** How many tries may fail in a row before an operation stops. */
const MOST_IN_A_ROW = 32;
/** How many learners may fail before an operation stops. */
const MOST_LEARNERS = 100;

/**
 * The learners who fail alone in one piece of work, and whether they or the store are the cause (semantics §6). A learner is set aside
 * once another learner has succeeded after them, or if no other learner fails.
 */
export class Failures {
  readonly #errors = new Map<LearnerId, unknown>();
  /** Learners who failed, and since then no other learner has succeeded. */
  readonly #unconfirmed = new Set<LearnerId>();
  #first: { readonly error: unknown } | undefined;
  #inARow = 0;

  /** Records a try that succeeded; `proves`: it shows that the store works, so the learners who failed before are the cause. */
  succeeded(proves: boolean): void {
    this.#inARow = 0;
    if (proves) this.#unconfirmed.clear();
  }

  /** Records a try that failed; throws the first error if too many failed in a row. */
  failed(error: unknown): void {
    this.#first ??= { error };
    if (++this.#inARow >= MOST_IN_A_ROW) throw this.#first.error;
  }

  /** Records a learner who failed alone; throws the first error if too many did. */
  failedAlone(id: LearnerId, error: unknown): void {
    this.#errors.set(id, error);
    this.#unconfirmed.add(id);
    this.failed(error);
    if (this.#errors.size > MOST_LEARNERS) throw this.#first!.error;
  }

  /** Whether no learner failed so far. */
  get isEmpty(): boolean {
    return this.#errors.size === 0;
  }

  /** Returns the learners who are set aside, with their errors; throws the first error if the store may be the cause. */
  finish(): ReadonlyMap<LearnerId, unknown> {
    if (this.#errors.size > 1 && this.#unconfirmed.size > 0) throw this.#first!.error;
    return this.#errors;
  }
}
