import { compareIds } from '../collections/order.js';
import { SmartEnrolmentsError } from '../errors/smart-enrolments-error.js';
import type { Catalog } from '../model/catalog.js';
import type { LearnerDiff, Outcome } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import type { Confirm, Progress, RunOptions } from '../model/options.js';
import { Tally } from '../reconcile/summary.js';

/** One run of an operation: its counts, the learners who were set aside, and its callbacks. */
export class Run {
  readonly tally = new Tally();
  /** The catalog that the last learners were evaluated with. */
  catalog: Catalog | undefined;
  readonly #failed = new Map<LearnerId, unknown>();
  readonly #unknown = new Set<LearnerId>();
  #onlyLearner: LearnerId | undefined;
  #hasSeveral = false;
  #evaluated = 0;
  #changed = 0;
  #after: LearnerId | undefined;

  constructor(
    readonly phase: Progress['phase'],
    readonly options: RunOptions & Confirm,
  ) {}

  /** Makes a dry run that precedes the writing run. It does not call `onDiff`: the writing run reports the diffs. */
  static checking({ signal, onProgress }: RunOptions): Run {
    return new Run('check', { signal, onProgress });
  }

  /** Throws if the host has aborted the operation. */
  checkpoint(): void {
    this.options.signal?.throwIfAborted();
  }

  /** Records that these learners are about to be evaluated. */
  willEvaluate(ids: readonly LearnerId[]): void {
    if (this.#hasSeveral || ids.length === 0) return;
    this.#onlyLearner ??= ids[0];
    this.#hasSeveral = ids.length > 1 || ids[0] !== this.#onlyLearner;
  }

  /** Records learners who could not be settled, and why. Only a learner's first error is kept. */
  setAside(errors: ReadonlyMap<LearnerId, unknown>): void {
    for (const [id, error] of errors) if (!this.#failed.has(id)) this.#failed.set(id, error);
  }

  /** Adds the learners that another run set aside. */
  addSetAside(other: Run): void {
    if (other.#failed.size === 0) return;
    this.setAside(other.#failed);
    if (other.#hasSeveral) this.#hasSeveral = true;
    else this.willEvaluate(other.#onlyLearner === undefined ? [] : [other.#onlyLearner]);
  }

  /** Records the ids that belong to no learner and hold nothing. */
  recordUnknown(states: readonly LearnerState[]): void {
    for (const { learnerId, learner, unreadable, assignments, individual, training } of states) {
      if (learner || unreadable !== undefined) continue;
      if (assignments.length + individual.length + training.length === 0) this.#unknown.add(learnerId);
    }
  }

  /** The ids that belong to no learner and hold nothing, in order. */
  get unknown(): readonly LearnerId[] {
    return [...this.#unknown].sort(compareIds);
  }

  /** Whether anything was written. */
  get hasChanged(): boolean {
    return this.#changed > 0;
  }

  /** Returns the outcome; throws if learners were set aside (semantics §6). */
  conclude(outcome: Outcome): Outcome {
    const failed = [...this.#failed].map(([learnerId, error]) => ({ learnerId, error }));
    if (failed.length === 0) return outcome;
    if (!this.#hasSeveral) throw failed[0]!.error;
    failed.sort((a, b) => compareIds(a.learnerId, b.learnerId));
    throw new SmartEnrolmentsError('some_failed', { failed, outcome });
  }

  /** Counts a batch that was evaluated, and passes its diffs to `onDiff`. */
  async recordBatch(learners: number, diffs: readonly LearnerDiff[]): Promise<void> {
    this.#evaluated += learners;
    this.#changed += diffs.length;
    this.tally.add(diffs);
    const { onDiff } = this.options;
    if (diffs.length > 0 && onDiff) await calling('onDiff', async () => onDiff(diffs));
  }

  /** Calls `onProgress`; `after`: all learners up to this id are done. */
  async reportProgress(after?: LearnerId): Promise<void> {
    if (after !== undefined) this.#after = after;
    const { onProgress } = this.options;
    if (!onProgress) return;
    const progress: Progress = {
      phase: this.phase,
      looked: this.#evaluated,
      changed: this.#changed,
      ...(this.#after !== undefined && { after: this.#after }),
    };
    await calling('onProgress', async () => onProgress(progress));
  }
}

async function calling(method: string, callback: () => Promise<void>): Promise<void> {
  try {
    await callback();
  } catch (cause) {
    throw new SmartEnrolmentsError('repository_failed', { method }, { cause });
  }
}
