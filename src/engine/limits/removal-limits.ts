import { type ErrorDetails, type LimitExceeded, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { LearnerDiff, Summary } from '../../model/diff.js';
import type { Fingerprint, LearnerId } from '../../model/ids.js';
import type { Limit, SmartEnrolmentsOptions } from '../../model/options.js';
import type { BatchEvaluation } from '../batches/evaluate.js';

/** An operation that removal limits apply to. */
export type LimitedOperation = ErrorDetails['removal_limit']['operation'];

/** How much is removed, or may be. */
export interface Removals {
  readonly unenrolments: number;
  readonly archives: number;
}

const NONE: Removals = { unenrolments: 0, archives: 0 };
const ANY: Removals = { unenrolments: Number.POSITIVE_INFINITY, archives: Number.POSITIVE_INFINITY };

/** The result of a dry run. */
export interface DryRunResult {
  readonly summary: Summary;
  readonly fingerprint: Fingerprint;
  /** How many enrolments the smart assignments of these learners hold, on the courses that the operation covers. */
  readonly enrolments: number;
}

/** How an operation of one batch computes what it may remove: under the batch's locks, without a dry run first (semantics §6). */
export interface OneBatch {
  /** The number of learners in the batch. */
  readonly learners: number;
  /** Returns what a dry run would find, computed from what was evaluated under the locks of the whole batch. */
  whole(evaluation: BatchEvaluation, revision: number): DryRunResult;
  /** Makes a dry run, before parts of the batch are tried. */
  parts(): Promise<DryRunResult>;
}

/** The removal limits of one operation: what dry runs allow, and the running total of what is written (semantics §6). */
export class RemovalLimits {
  /** Unknown until the only batch of an operation is evaluated. */
  #allowed: Removals | undefined = ANY;
  #oneBatch: OneBatch | undefined;
  #written = NONE;
  readonly #open = new Set<{ removals: Removals }>();

  readonly #limits: SmartEnrolmentsOptions['limits'];

  constructor(
    limits: SmartEnrolmentsOptions['limits'],
    readonly operation: LimitedOperation,
    readonly confirm: Fingerprint | undefined,
  ) {
    this.#limits = limits;
  }

  /** Whether any limit applies to the operation, so that a dry run is required. */
  get isActive(): boolean {
    return [this.#limits?.unenrolments, this.#limits?.archives].some((limit) => this.#applies(limit));
  }

  /** Returns the limits that a dry run exceeds; an empty list if it needs no confirmation. */
  exceededBy(dryRun: DryRunResult): readonly LimitExceeded[] {
    return exceeded(removalsOf(dryRun), this.#limitsOf(dryRun));
  }

  /**
   * Allows, from now on, what the limits allow or, if exactly this dry run is confirmed, what it found. The running total starts again at 0.
   * @throws `removal_limit` with the dry run's fingerprint if it found more.
   */
  allow(dryRun: DryRunResult): void {
    this.#allowed = this.#allowedAfter(dryRun);
    this.#written = NONE;
  }

  /** Allows what is computed once the only batch of the operation is locked. */
  allowUnderLock(oneBatch: OneBatch): void {
    this.#allowed = undefined;
    this.#oneBatch = oneBatch;
  }

  /**
   * Writes a batch that calls `admit` before it writes, and counts its removals: once, even if the host runs the work again.
   * @throws `removal_limit` by `admit`, if the batch would exceed what is allowed.
   */
  async measure<Result>(
    ids: readonly LearnerId[],
    write: (admit: (evaluation: BatchEvaluation, revision: number) => void) => Promise<Result>,
  ): Promise<Result> {
    await this.#prepare(ids);
    const batch = { removals: NONE };
    this.#open.add(batch);
    try {
      const result = await write((evaluation, revision) => {
        const allowed = this.#allowed ?? this.#allowedAfter(this.#oneBatch!.whole(evaluation, revision));
        batch.removals = removalsIn(evaluation.diffs);
        this.#admit(allowed);
      });
      this.#written = sum(this.#written, batch.removals);
      return result;
    } finally {
      this.#open.delete(batch);
    }
  }

  /** A part of the batch is not enough to compute what the whole batch may remove. */
  async #prepare(ids: readonly LearnerId[]): Promise<void> {
    if (!this.#oneBatch || ids.length === this.#oneBatch.learners) return;
    this.#allowed ??= this.#allowedAfter(await this.#oneBatch.parts());
  }

  #admit(allowed: Removals): void {
    const removals = [...this.#open].reduce((total, batch) => sum(total, batch.removals), this.#written);
    const found = exceeded(removals, allowed);
    const { operation } = this;
    if (found.length > 0) throw new SmartEnrolmentsError('removal_limit', { operation, exceeded: found });
  }

  #allowedAfter(dryRun: DryRunResult): Removals {
    const { operation, confirm } = this;
    const { fingerprint } = dryRun;
    const removals = removalsOf(dryRun);
    const limits = this.#limitsOf(dryRun);
    const found = exceeded(removals, limits);
    if (found.length === 0) return limits;
    if (confirm !== fingerprint) {
      const confirmed = confirm !== undefined && { confirmed: confirm };
      throw new SmartEnrolmentsError('removal_limit', { operation, exceeded: found, fingerprint, ...confirmed });
    }
    return {
      unenrolments: Math.max(limits.unenrolments, removals.unenrolments),
      archives: Math.max(limits.archives, removals.archives),
    };
  }

  #limitsOf({ enrolments }: DryRunResult): Removals {
    const count = (limit: Limit | undefined): number => {
      if (!this.#applies(limit)) return Number.POSITIVE_INFINITY;
      if (typeof limit === 'number') return limit;
      return Math.max(limit.atLeast ?? 0, partOf(enrolments, limit.fraction));
    };
    return { unenrolments: count(this.#limits?.unenrolments), archives: count(this.#limits?.archives) };
  }

  /** A limit that is only a fraction does not apply to a notice: a single learner who leaves is always 100 % of what it covers. */
  #applies(limit: Limit | undefined): limit is Limit {
    if (limit === undefined) return false;
    return this.operation !== 'learnersChanged' || typeof limit === 'number' || (limit.atLeast ?? 0) > 0;
  }
}

/** The greatest whole number that is not above the fraction: 0.29 of 100 is 29, although the floating-point product is less. */
function partOf(whole: number, fraction: number): number {
  const part = Math.floor(whole * fraction);
  return (part + 1) / whole <= fraction ? part + 1 : part;
}

function sum(a: Removals, b: Removals): Removals {
  return { unenrolments: a.unenrolments + b.unenrolments, archives: a.archives + b.archives };
}

function removalsOf({ summary }: DryRunResult): Removals {
  return { unenrolments: summary.unenrolled, archives: summary.archived };
}

function removalsIn(diffs: readonly LearnerDiff[]): Removals {
  let unenrolments = 0;
  let archives = 0;
  for (const { unenrolled } of diffs) {
    unenrolments += unenrolled.length;
    for (const { training } of unenrolled) if (training === 'archive') archives++;
  }
  return { unenrolments, archives };
}

function exceeded(removals: Removals, limits: Removals): LimitExceeded[] {
  return (['unenrolments', 'archives'] as const)
    .filter((limit) => removals[limit] > limits[limit])
    .map((limit) => ({ limit, allowed: limits[limit], found: removals[limit] }));
}
