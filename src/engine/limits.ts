import { type ErrorDetails, type LimitExceeded, SmartEnrolmentsError } from '../errors.js';
import type { LearnerDiff, Summary } from '../model/diff.js';
import type { Fingerprint, LearnerId } from '../model/ids.js';
import type { Limit, SmartEnrolmentsOptions } from '../model/options.js';
import type { Look } from './look.js';

/** An operation that removal limits bound. */
export type LimitedOperation = ErrorDetails['removal_limit']['operation'];

/** How many removals pass. */
export interface Ceilings {
  readonly unenrolments: number;
  readonly archives: number;
}

/** Nothing is bounded. */
export const UNLIMITED: Ceilings = { unenrolments: Number.POSITIVE_INFINITY, archives: Number.POSITIVE_INFINITY };

/** What a dry run found. */
export interface Found {
  readonly summary: Summary;
  readonly fingerprint: Fingerprint;
  /** Enrolments that smart assignments hold in the operation's scope. */
  readonly held: number;
}

/** Whether these limits bound this operation at all (semantics §6). */
export function areLimiting(limits: SmartEnrolmentsOptions['limits'], operation: LimitedOperation): boolean {
  return [limits?.unenrolments, limits?.archives].some((limit) => isLimiting(limit, operation));
}

/** A notice is not held to a bare fraction: one learner who leaves is always all of that learner. */
function isLimiting(limit: Limit | undefined, operation: LimitedOperation): limit is Limit {
  if (limit === undefined) return false;
  return operation !== 'learnersChanged' || typeof limit === 'number' || (limit.atLeast ?? 0) > 0;
}

/**
 * Returns what the operation may remove: what its limits allow or, if exactly this plan is confirmed, what it found.
 * @throws `removal_limit` with the plan's fingerprint where it found more.
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

/** Returns the limits that an operation exceeds which removes what a dry run found; none where all of it passes unconfirmed. */
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

/** The greatest whole number that is not above the fraction: of 100 the part of 0.29 is 29, although their product is less. */
function partOf(whole: number, fraction: number): number {
  const part = Math.floor(whole * fraction);
  return (part + 1) / whole <= fraction ? part + 1 : part;
}

/** Says what an operation that is one batch may remove: judged under the batch's lock, without a dry run first. */
export interface Judge {
  /** How many learners the batch has. */
  readonly learners: number;
  /** Judges the whole batch by what was found under its lock. */
  whole(found: Look, revision: number): Ceilings;
  /** Judges the batch by a dry run, before parts of it are tried. */
  parts(): Promise<Ceilings>;
}

/** Keeps the running total of an operation's removals, written or about to be written, below its ceilings. */
export class Meter {
  #written: Ceilings = { unenrolments: 0, archives: 0 };
  readonly #open = new Map<readonly LearnerId[], Ceilings>();
  #ceilings: Ceilings | undefined;
  readonly #judge: Judge | undefined;

  constructor(
    readonly operation: LimitedOperation,
    bounds: Ceilings | Judge,
  ) {
    if ('parts' in bounds) this.#judge = bounds;
    else this.#ceilings = bounds;
  }

  /** Called before the lock is taken: part of a batch cannot be judged by itself. */
  async prepare(ids: readonly LearnerId[]): Promise<void> {
    if (this.#judge && ids.length < this.#judge.learners) this.#ceilings ??= await this.#judge.parts();
  }

  /** Refuses a batch that would exceed the ceilings, before it is written. A batch that is tried again counts once. */
  admit(ids: readonly LearnerId[], found: Look, revision: number): void {
    const ceilings = this.#ceilings ?? this.#judge!.whole(found, revision);
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
