import { compareIds } from '../../collections/order.js';
import { SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog } from '../../model/catalog.js';
import type { LearnerDiff, Outcome } from '../../model/diff.js';
import type { LearnerId } from '../../model/ids.js';
import type { LearnerState } from '../../model/learner.js';
import type { Confirm, Progress, RunOptions } from '../../model/options.js';
import { Tally } from '../../reconcile/summary.js';
import type { Engine } from '../engine.js';
import { type LimitedOperation, RemovalLimits } from '../limits/removal-limits.js';

/** An operation while it runs: its options, its removals, its counts, the learners it set aside, and its progress. */
export class RunningOperation {
  readonly tally = new Tally();
  readonly limits: RemovalLimits;
  /** The catalog that the last learners were settled with. */
  catalog: Catalog | undefined;
  readonly #failed = new Map<LearnerId, unknown>();
  readonly #unknown = new Set<LearnerId>();
  #onlyLearner: LearnerId | undefined;
  #hasSeveral = false;
  #evaluated = 0;
  #changed = 0;
  #after: LearnerId | undefined;

  constructor(
    readonly engine: Engine,
    readonly name: LimitedOperation,
    readonly phase: Progress['phase'],
    readonly options: RunOptions & Confirm,
  ) {
    this.limits = new RemovalLimits(engine.limits, name, options.confirm);
  }

  /** Makes the dry run of this operation. It does not call `onDiff`: the operation reports the diffs when they are written. */
  dryRun(): RunningOperation {
    const { signal, onProgress } = this.options;
    return new RunningOperation(this.engine, this.name, 'check', { signal, onProgress });
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

  /** Adds the learners that another operation set aside. */
  addSetAside(other: RunningOperation): void {
    if (other.#failed.size === 0) return;
    this.setAside(other.#failed);
    if (other.#hasSeveral) this.#hasSeveral = true;
    else this.willEvaluate(other.#onlyLearner === undefined ? [] : [other.#onlyLearner]);
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

  /** Counts learners who were evaluated, and passes their diffs to `onDiff`. */
  async recordBatch(states: readonly LearnerState[], diffs: readonly LearnerDiff[]): Promise<void> {
    this.#recordUnknown(states);
    this.#evaluated += states.length;
    this.#changed += diffs.length;
    this.tally.add(diffs);
    const { onDiff } = this.options;
    if (diffs.length > 0 && onDiff) await calling('onDiff', async () => onDiff(diffs));
  }

  #recordUnknown(states: readonly LearnerState[]): void {
    for (const { learnerId, learner, unreadable, assignments, individual, training } of states) {
      if (learner || unreadable !== undefined) continue;
      if (assignments.length + individual.length + training.length === 0) this.#unknown.add(learnerId);
    }
  }

  /** Records that all learners up to this id are done. */
  doneUpTo(after: LearnerId): void {
    this.#after = after;
  }

  /** Calls `onProgress`. */
  async reportProgress(): Promise<void> {
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
