import type { Edit } from '../model/catalog.js';
import type { Explanation, Outcome, Plan, Summary } from '../model/diff.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Learner } from '../model/learner.js';
import type { Confirm, ReconcileScope, RunOptions } from '../model/options.js';

/** Keeps smart assignments true to the catalog and the learners. Every operation resolves once everyone it concerns is settled. */
export interface SmartEnrolments {
  /** Says what edits would do; writes nothing. */
  preview(change: Edit | readonly Edit[], options?: RunOptions): Promise<Plan>;
  /** Says what would happen if these learners' facts were these; writes nothing. */
  preview(
    whatIf: { readonly learners: readonly Learner[] },
    options?: RunOptions,
  ): Promise<{ readonly summary: Summary }>;
  /** Applies edits in order and as a whole, or a plan exactly as it was previewed; settles what is outstanding first. */
  apply(change: Edit | readonly Edit[] | Plan, options?: RunOptions & Confirm): Promise<Outcome>;
  /** Looks at these learners, whom the host has already stored, changed, or removed. */
  learnersChanged(ids: readonly LearnerId[], options?: RunOptions & Confirm): Promise<Outcome>;
  /** Looks at everyone, or at the part named. */
  reconcile(options?: RunOptions & Confirm & ReconcileScope): Promise<Outcome>;
  /** Finishes what an interrupted apply left; does nothing otherwise. */
  settle(options?: RunOptions & Confirm): Promise<Outcome>;
  /** Says why a learner is, or is not, enrolled on a course, and what would end it. */
  explain(learnerId: LearnerId, courseId: CourseId, options?: RunOptions): Promise<Explanation>;
}
