import { type ErrorDetails, type LimitExceeded, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { LearnerDiff, Summary } from '../../model/diff.js';
import type { Fingerprint, LearnerId } from '../../model/ids.js';
import type { Limit, SmartEnrolmentsOptions } from '../../model/options.js';
import type { Evaluation } from '../batches/evaluate.js';

/** An operation that removal limits bound. */
export type LimitedOperation = ErrorDetails['removal_limit']['operation'];

/** How much is removed, or may be. */
export interface Removals {
  readonly unenrolments: number;
  readonly archives: number;
}

/** What an operation may remove if no limit applies. */
export const UNLIMITED: Removals = { unenrolments: Number.POSITIVE_INFINITY, archives: Number.POSITIVE_INFINITY };

/** The result of a dry run. */
export interface DryRunResult {
  readonly summary: Summary;
  readonly fingerprint: Fingerprint;
  /** How many enrolments the smart assignments of these learners hold, on the courses that the operation covers. */
  readonly enrolments: number;
}

/** Whether any of these limits applies to this operation (semantics §6). */
export function areLimiting(limits: SmartEnrolmentsOptions['limits'], operation: LimitedOperation): boolean {
  return [limits?.unenrolments, limits?.archives].some((limit) => isLimiting(limit, operation));
}

/** A limit that is only a fraction does not apply to a notice: a single learner who leaves is always 100 % of its scope. */
function isLimiting(limit: Limit | undefined, operation: LimitedOperation): limit is Limit {
  if (limit === undefined) return false;
  return operation !== 'learnersChanged' || typeof limit === 'number' || (limit.atLeast ?? 0) > 0;
}

/**
 * Returns what the operation may remove: what its limits allow or, if exactly this dry run is confirmed, what it found.
 * @throws `removal_limit` with the dry run's fingerprint if it found more.
 */
export function allowedRemovals(
  limits: SmartEnrolmentsOptions['limits'],
  operation: LimitedOperation,
  dryRun: DryRunResult,
  confirm: Fingerprint | undefined,
): Removals {
  const { fingerprint } = dryRun;
  const allowed = allowedBy(limits, operation, dryRun);
  const removals = removalsOf(dryRun);
  const exceeded = exceededBy(removals, allowed);
  if (exceeded.length === 0) return allowed;
  if (confirm !== fingerprint) {
    const confirmed = confirm !== undefined && { confirmed: confirm };
    throw new SmartEnrolmentsError('removal_limit', { operation, exceeded, fingerprint, ...confirmed });
  }
  return {
    unenrolments: Math.max(allowed.unenrolments, removals.unenrolments),
    archives: Math.max(allowed.archives, removals.archives),
  };
}

/** Returns the limits that a dry run exceeds; an empty list if it needs no confirmation. */
export function exceededLimits(
  limits: SmartEnrolmentsOptions['limits'],
  operation: LimitedOperation,
  dryRun: DryRunResult,
): readonly LimitExceeded[] {
  return exceededBy(removalsOf(dryRun), allowedBy(limits, operation, dryRun));
}

function allowedBy(
  limits: SmartEnrolmentsOptions['limits'],
  operation: LimitedOperation,
  { enrolments }: DryRunResult,
): Removals {
  const allowed = (limit: Limit | undefined): number => {
    if (!isLimiting(limit, operation)) return Number.POSITIVE_INFINITY;
    if (typeof limit === 'number') return limit;
    return Math.max(limit.atLeast ?? 0, partOf(enrolments, limit.fraction));
  };
  return { unenrolments: allowed(limits?.unenrolments), archives: allowed(limits?.archives) };
}

function removalsOf({ summary }: DryRunResult): Removals {
  return { unenrolments: summary.unenrolled, archives: summary.archived };
}

/** The greatest whole number that is not above the fraction: 0.29 of 100 is 29, although the floating-point product is less. */
function partOf(whole: number, fraction: number): number {
  const part = Math.floor(whole * fraction);
  return (part + 1) / whole <= fraction ? part + 1 : part;
}

/** What an operation of one batch may remove: computed under the batch's locks, without a dry run first (semantics §6). */
export interface LimitsOfOneBatch {
  /** The number of learners in the batch. */
  readonly learners: number;
  /** Computes it from what was evaluated under the locks of the whole batch. */
  whole(evaluation: Evaluation, revision: number): Removals;
  /** Computes it with a dry run, before parts of the batch are tried. */
  parts(): Promise<Removals>;
}

const NONE: Removals = { unenrolments: 0, archives: 0 };

/** Keeps the running total of an operation's removals, written or about to be written, within what is allowed. */
export class RemovalMeter {
  #written = NONE;
  readonly #open = new Set<{ removals: Removals }>();
  #allowed: Removals | undefined;
  readonly #oneBatch: LimitsOfOneBatch | undefined;

  constructor(
    readonly operation: LimitedOperation,
    limits: Removals | LimitsOfOneBatch,
  ) {
    if ('parts' in limits) this.#oneBatch = limits;
    else this.#allowed = limits;
  }

  /**
   * Writes a batch that calls `admit` before it writes, and counts its removals: once, even if the host runs the work again.
   * @throws `removal_limit` by `admit`, if the batch would exceed what is allowed.
   */
  async measure<Result>(
    ids: readonly LearnerId[],
    write: (admit: (evaluation: Evaluation, revision: number) => void) => Promise<Result>,
  ): Promise<Result> {
    // What is allowed for the whole batch cannot be computed from a part of it.
    if (this.#oneBatch && ids.length < this.#oneBatch.learners) this.#allowed ??= await this.#oneBatch.parts();
    const batch = { removals: NONE };
    this.#open.add(batch);
    try {
      const result = await write((evaluation, revision) => {
        const allowed = this.#allowed ?? this.#oneBatch!.whole(evaluation, revision);
        batch.removals = removalsIn(evaluation.diffs);
        this.#admit(allowed);
      });
      this.#written = sum(this.#written, batch.removals);
      return result;
    } finally {
      this.#open.delete(batch);
    }
  }

  #admit(allowed: Removals): void {
    const removals = [...this.#open].reduce((total, batch) => sum(total, batch.removals), this.#written);
    const exceeded = exceededBy(removals, allowed);
    if (exceeded.length > 0) throw new SmartEnrolmentsError('removal_limit', { operation: this.operation, exceeded });
  }
}

function sum(a: Removals, b: Removals): Removals {
  return { unenrolments: a.unenrolments + b.unenrolments, archives: a.archives + b.archives };
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

function exceededBy(removals: Removals, allowed: Removals): LimitExceeded[] {
  return (['unenrolments', 'archives'] as const)
    .filter((limit) => removals[limit] > allowed[limit])
    .map((limit) => ({ limit, allowed: allowed[limit], found: removals[limit] }));
}
