import { SmartEnrolmentsError } from '../errors.js';
import type { LearnerDiff } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { Progress, RunOptions } from '../model/options.js';
import { Tally } from '../reconcile/summary.js';

/** One run of an operation: what it counted, and whom it tells. */
export class Run {
  readonly tally = new Tally();
  /** Of the catalog that decided about the last learners looked at. */
  revision: number | undefined;
  #looked = 0;
  #changed = 0;
  #after: LearnerId | undefined;

  constructor(
    readonly phase: Progress['phase'],
    readonly options: RunOptions,
  ) {}

  /** A dry run before the real one: its diffs are told only once they are written. */
  static checking({ signal, onProgress }: RunOptions): Run {
    return new Run('check', { signal, onProgress });
  }

  /** Stops here if the host has asked for it. */
  checkpoint(): void {
    this.options.signal?.throwIfAborted();
  }

  /** Counts a batch that was looked at, and tells its diffs. */
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
