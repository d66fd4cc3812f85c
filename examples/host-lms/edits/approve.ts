import { isSmartEnrolmentsError, type LimitExceeded, type Outcome } from 'smart-enrolments';
import { because } from '../lms/causes.js';
import type { Lms } from '../lms/lms.js';
import { isNumberAsked } from '../lms/number-asked.js';
import { once } from '../lms/once.js';
import { dropPlacements } from '../lms/people.js';
import { forget, getReview, type Review, review } from './review.js';

/** The result of an approval. */
export type Approval =
  | { readonly done: Outcome }
  /** The review was already done or cancelled. */
  | { readonly gone: true }
  /** The review was stale: nothing was done, and this is what the edit would do now. */
  | { readonly moved: Review }
  /** The edit removes so much that the user has to type the number. */
  | { readonly exceeded: readonly LimitExceeded[] };

/** Does exactly what was reviewed, or nothing. `typed` is the number that the user typed, if they had to. A request that is sent twice is done once. */
export function approve(lms: Lms, approved: Review, typed: string): Promise<Approval> {
  return once(approved.id, async () =>
    (await getReview(lms.db, approved.id)) ? apply(lms, approved, typed) : { gone: true },
  );
}

async function apply(lms: Lms, approved: Review, typed: string): Promise<Approval> {
  const { plan, by, todo, what, back } = approved;
  const isCounted = isNumberAsked(typed, plan.summary.unenrolled);
  try {
    const confirm = isCounted ? { confirm: plan.fingerprint } : {};
    const done = await lms.enrolments.apply(plan, { ...because(by, what), ...confirm });
    await dropPlacements(
      lms.db,
      plan.edits.flatMap((edit) => (edit.type === 'deleteSegment' ? [edit.segmentId] : [])),
    );
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
