import { isSmartEnrolmentsError, type LimitExceeded, type Outcome } from 'smart-enrolments';
import { because } from '../lms/causes.js';
import type { Lms } from '../lms/lms.js';
import { forget, type Review, review } from './review.js';

/** How an approval ends. */
export type Approval =
  | { readonly done: Outcome }
  /** The world has moved: nothing was done, and this is what it would do now. */
  | { readonly moved: Review }
  /** So much is removed that the number has to be typed. */
  | { readonly exceeded: readonly LimitExceeded[] };

/** Does exactly what was reviewed, or nothing. `typed` is what was written where a number was asked for. */
export async function approve(lms: Lms, approved: Review, typed: string): Promise<Approval> {
  const { plan, by, todo, what, back } = approved;
  const isCounted = typed.trim() === String(plan.summary.unenrolled);
  try {
    const confirm = isCounted ? { confirm: plan.fingerprint } : {};
    const done = await because(by, what, () => lms.enrolments.apply(plan, confirm));
    await forget(lms.db, approved);
    return { done };
  } catch (error) {
    if (isSmartEnrolmentsError(error, 'removal_limit') && error.details.fingerprint !== undefined) {
      return { exceeded: error.details.exceeded };
    }
    if (!isSmartEnrolmentsError(error, 'plan_stale')) throw error;
    await forget(lms.db, approved);
    return { moved: await review(lms, { by, todo, what, back, again: true }, plan.edits) };
  }
}
