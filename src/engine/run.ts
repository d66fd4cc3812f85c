import { SmartEnrolmentsError } from '../errors.js';
import type { Catalog } from '../model/catalog.js';
import type { LearnerDiff, Outcome } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import type { Confirm, Progress, RunOptions } from '../model/options.js';
import { compareIds } from '../model/order.js';
import { Tally } from '../reconcile/summary.js';

/** One run of an operation: what it counted, and whom it tells. */
export class Run {
  readonly tally = new Tally();
  /** The catalog that decided about the last learners evaluated. */
  catalog: Catalog | undefined;
  readonly #failed = new Map<LearnerId, unknown>();
  readonly #unknown = new Set<LearnerId>();
  #onlyLearner: LearnerId | undefined;
  #hasSeveral = false;
  #looked = 0;
  #changed = 0;
  #after: LearnerId | undefined;

  constructor(
    readonly phase: Progress['phase'],
    readonly options: RunOptions & Confirm,
  ) {}

  /** A dry run before the real one: its diffs are told only once they are written. */
  static checking({ signal, onProgress }: RunOptions): Run {
    return new Run('check', { signal, onProgress });
  }

  /** Stops here if the host has asked for it. */
  checkpoint(): void {
    this.options.signal?.throwIfAborted();
  }

  /** Records that these learners are about to be evaluated. */
  evaluates(ids: readonly LearnerId[]): void {
    if (this.#hasSeveral || ids.length === 0) return;
    this.#onlyLearner ??= ids[0];
    this.#hasSeveral = ids.length > 1 || ids[0] !== this.#onlyLearner;
  }

  /** Records learners who could not be settled, and why; of a learner's errors the first one counts. */
  setAside(errors: ReadonlyMap<LearnerId, unknown>): void {
    for (const [id, error] of errors) if (!this.#failed.has(id)) this.#failed.set(id, error);
  }

  /** Adds the learners whom another run set aside. */
  addSetAside(other: Run): void {
    if (other.#failed.size === 0) return;
    this.setAside(other.#failed);
    if (other.#hasSeveral) this.#hasSeveral = true;
    else this.evaluates(other.#onlyLearner === undefined ? [] : [other.#onlyLearner]);
  }

  /** Records which of these are ids of no learner, that hold nothing. */
  notFound(states: readonly LearnerState[]): void {
    for (const { learnerId, learner, unreadable, assignments, individual, training } of states) {
      if (learner || unreadable !== undefined) continue;
      if (assignments.length + individual.length + training.length === 0) this.#unknown.add(learnerId);
    }
  }

  /** The ids of no learner, that hold nothing, by id. */
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
  async looked(learners: number, diffs: readonly LearnerDiff[]): Promise<void> {
    this.#looked += learners;
    this.#changed += diffs.length;
    this.tally.add(diffs);
    const { onDiff } = this.options;
    if (diffs.length > 0 && onDiff) await calling('onDiff', async () => onDiff(diffs));
  }

  /** Tells how far the run has come; `after`: everyone up to this id is done. */
  async progressed(after?: LearnerId): Promise<void> {
    if (after !== undefined) this.#after = after;
    const { onProgress } = this.options;
    if (!onProgress) return;
    const progress: Progress = {
      phase: this.phase,
      looked: this.#looked,
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
