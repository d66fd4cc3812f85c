import { type ErrorDetails, type LimitExceeded, SmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { LearnerDiff, Summary } from '../../model/diff.js';
import type { Fingerprint, LearnerId } from '../../model/ids.js';
import type { Limit, SmartEnrolmentsOptions } from '../../model/options.js';
import type { Evaluation } from '../batches/look.js';

/** An operation that removal limits bound. */
export type LimitedOperation = ErrorDetails['removal_limit']['operation'];

/** The most removals that an operation may make. */
export interface Ceilings {
  readonly unenrolments: number;
  readonly archives: number;
}

/** No limits. */
export const UNLIMITED: Ceilings = { unenrolments: Number.POSITIVE_INFINITY, archives: Number.POSITIVE_INFINITY };

/** The result of a dry run. */
export interface Found {
  readonly summary: Summary;
  readonly fingerprint: Fingerprint;
  /** Enrolments that smart assignments hold in the operation's scope. */
  readonly held: number;
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
 * Returns what the operation may remove: what its limits allow or, if exactly this plan is confirmed, what the dry run found.
 * @throws `removal_limit` with the plan's fingerprint if the dry run found more.
 */
export function ceilingsFor(
  limits: SmartEnrolmentsOptions['limits'],
  operation: LimitedOperation,
  found: Found,
  confirm: Fingerprint | undefined,
): Ceilings {
  const ceilings = allowedBy(limits, operation, found);
  const removed = removedBy(found);
  const exceeded = exceededBy(removed, ceilings);
  if (exceeded.length === 0) return ceilings;
  if (confirm !== found.fingerprint) {
    const confirmed = confirm !== undefined && { confirmed: confirm };
    throw new SmartEnrolmentsError('removal_limit', {
      operation,
      exceeded,
      fingerprint: found.fingerprint,
      ...confirmed,
    });
  }
  return {
    unenrolments: Math.max(ceilings.unenrolments, removed.unenrolments),
    archives: Math.max(ceilings.archives, removed.archives),
  };
}

/** Returns the limits that the removals of a dry run exceed; an empty list if they need no confirmation. */
export function exceededIn(
  limits: SmartEnrolmentsOptions['limits'],
  operation: LimitedOperation,
  found: Found,
): readonly LimitExceeded[] {
  return exceededBy(removedBy(found), allowedBy(limits, operation, found));
}

function allowedBy(limits: SmartEnrolmentsOptions['limits'], operation: LimitedOperation, { held }: Found): Ceilings {
  const allowed = (limit: Limit | undefined): number => {
    if (!isLimiting(limit, operation)) return Number.POSITIVE_INFINITY;
    if (typeof limit === 'number') return limit;
    return Math.max(limit.atLeast ?? 0, partOf(held, limit.fraction));
  };
  return { unenrolments: allowed(limits?.unenrolments), archives: allowed(limits?.archives) };
}

function removedBy({ summary }: Found): Ceilings {
  return { unenrolments: summary.unenrolled, archives: summary.archived };
}

/** The greatest whole number that is not above the fraction: 0.29 of 100 is 29, although the floating-point product is less. */
function partOf(whole: number, fraction: number): number {
  const part = Math.floor(whole * fraction);
  return (part + 1) / whole <= fraction ? part + 1 : part;
}

/** What an operation of one batch may remove: computed under the batch's lock, without a dry run first. */
export interface BatchCeilings {
  /** The number of learners in the batch. */
  readonly learners: number;
  /** Computes the ceilings from what was found under the lock of the whole batch. */
  whole(found: Evaluation, revision: number): Ceilings;
  /** Computes the ceilings with a dry run, before parts of the batch are tried. */
  parts(): Promise<Ceilings>;
}

/** Keeps the running total of an operation's removals, written or about to be written, within its ceilings. */
export class Meter {
  #written: Ceilings = { unenrolments: 0, archives: 0 };
  readonly #open = new Map<readonly LearnerId[], Ceilings>();
  #ceilings: Ceilings | undefined;
  readonly #batch: BatchCeilings | undefined;

  constructor(
    readonly operation: LimitedOperation,
    bounds: Ceilings | BatchCeilings,
  ) {
    if ('parts' in bounds) this.#batch = bounds;
    else this.#ceilings = bounds;
  }

  /** Called before the lock is taken: the ceilings of a whole batch cannot be computed from a part of it. */
  async prepare(ids: readonly LearnerId[]): Promise<void> {
    if (this.#batch && ids.length < this.#batch.learners) this.#ceilings ??= await this.#batch.parts();
  }

  /** Throws if a batch would exceed the ceilings, before it is written. A batch that is tried again counts once. */
  admit(ids: readonly LearnerId[], found: Evaluation, revision: number): void {
    const ceilings = this.#ceilings ?? this.#batch!.whole(found, revision);
    this.#open.set(ids, removalsIn(found.diffs));
    const exceeded = exceededBy([...this.#open.values()].reduce(sum, this.#written), ceilings);
    if (exceeded.length > 0) throw new SmartEnrolmentsError('removal_limit', { operation: this.operation, exceeded });
  }

  /** Records that a batch was written. */
  wrote(ids: readonly LearnerId[]): void {
    this.#written = sum(this.#written, this.#open.get(ids)!);
    this.#open.delete(ids);
  }

  /** Records that a batch was not written. */
  dropped(ids: readonly LearnerId[]): void {
    this.#open.delete(ids);
  }
}

function sum(a: Ceilings, b: Ceilings): Ceilings {
  return { unenrolments: a.unenrolments + b.unenrolments, archives: a.archives + b.archives };
}

function removalsIn(diffs: readonly LearnerDiff[]): Ceilings {
  let unenrolments = 0;
  let archives = 0;
  for (const { unenrolled } of diffs) {
    unenrolments += unenrolled.length;
    for (const { training } of unenrolled) if (training === 'archive') archives++;
  }
  return { unenrolments, archives };
}

function exceededBy(removed: Ceilings, ceilings: Ceilings): LimitExceeded[] {
  return (['unenrolments', 'archives'] as const)
    .filter((limit) => removed[limit] > ceilings[limit])
    .map((limit) => ({ limit, allowed: ceilings[limit], found: removed[limit] }));
}
