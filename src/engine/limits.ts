import { type ErrorDetails, type LimitExceeded, SmartEnrolmentsError } from '../errors.js';
import type { LearnerDiff, Summary } from '../model/diff.js';
import type { Fingerprint } from '../model/ids.js';
import type { Limit, SmartEnrolmentsOptions } from '../model/options.js';

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

/** Whether these limits bound this operation at all; a notice is held to counts only (semantics §6). */
export function areLimiting(limits: SmartEnrolmentsOptions['limits'], operation: LimitedOperation): boolean {
  const limiting = (limit: Limit | undefined) =>
    typeof limit === 'number' || (limit !== undefined && operation !== 'learnersChanged');
  return limiting(limits?.unenrolments) || limiting(limits?.archives);
}

/**
 * Answers what the operation may remove: what its limits allow or, where that very plan is confirmed, what it found.
 * @throws `removal_limit` with the plan's fingerprint where it found more.
 */
export function ceilingsFor(
  limits: SmartEnrolmentsOptions['limits'],
  operation: LimitedOperation,
  found: Found,
  confirm: Fingerprint | undefined,
): Ceilings {
  const allowed = (limit: Limit | undefined): number => {
    if (limit === undefined) return Number.POSITIVE_INFINITY;
    if (typeof limit === 'number') return limit;
    if (operation === 'learnersChanged') return Number.POSITIVE_INFINITY;
    return Math.max(limit.atLeast ?? 0, partOf(found.held, limit.fraction));
  };
  const ceilings = { unenrolments: allowed(limits?.unenrolments), archives: allowed(limits?.archives) };
  const removed = { unenrolments: found.summary.unenrolled, archives: found.summary.archived };
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

/** The greatest whole number that is not above the fraction: of 100 the part of 0.29 is 29, although their product is less. */
function partOf(whole: number, fraction: number): number {
  const part = Math.floor(whole * fraction);
  return (part + 1) / whole <= fraction ? part + 1 : part;
}

/** Keeps the running total of what one operation removes below its ceilings: of what it wrote, and what it is about to write. */
export class Meter {
  #written: Ceilings = { unenrolments: 0, archives: 0 };
  readonly #open = new Map<object, Ceilings>();

  constructor(
    readonly operation: LimitedOperation,
    readonly ceilings: Ceilings,
  ) {}

  /** Refuses a batch that would exceed the ceilings, before it is written. A batch that is tried again counts once. */
  admit(batch: object, diffs: readonly LearnerDiff[]): void {
    this.#open.set(batch, removalsIn(diffs));
    const exceeded = exceededBy([...this.#open.values()].reduce(sum, this.#written), this.ceilings);
    if (exceeded.length > 0) throw new SmartEnrolmentsError('removal_limit', { operation: this.operation, exceeded });
  }

  /** Takes note that a batch was written; nothing is kept of it but what it removed. */
  wrote(batch: object): void {
    this.#written = sum(this.#written, this.#open.get(batch)!);
    this.#open.delete(batch);
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
