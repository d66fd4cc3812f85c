import type { Edit } from '../model/catalog.js';
import type { Explanation, Outcome, Plan, Preview } from '../model/diff.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { By, Confirm, ReconcileScope, RunOptions, WhatIf } from '../model/options.js';

/** Keeps smart assignments true to the catalog and the learners. Every operation resolves once everyone it concerns is settled. */
export interface SmartEnrolments {
  /**
   * Says what edits would do; writes nothing. The plan can be applied as it is, now or later (semantics §6).
   * @throws what {@link SmartEnrolments.apply} throws of edits, but for `plan_stale`, `removal_limit` and `catalog_conflict`.
   */
  preview(change: Edit | readonly Edit[], options?: RunOptions): Promise<Plan>;
  /**
   * Returns what a notice would do if these learners' facts were these, or were deleted; writes nothing. Values are read as the store would
   * return them once stored (semantics §6). {@link SmartEnrolments.learnersChanged} of the same ids accepts the fingerprint.
   * @throws `invalid_input`, `repository_failed`, `contract_broken`.
   */
  previewLearners(whatIf: WhatIf, options?: RunOptions): Promise<Preview>;
  /**
   * Applies edits in order and as a whole, or a plan exactly as it was previewed; settles what is outstanding first (semantics §5, §6).
   * @throws `invalid_input`, `unknown_segment`, `unknown_course`, `unknown_link`, `course_not_by_assignment`, `duplicate_link`,
   * `segment_in_use`, `rule_cycle`, `plan_stale`, `removal_limit`, `catalog_conflict`: nothing of the edits was done, but for a
   * `removal_limit` without fingerprint. `repository_failed`, `contract_broken`: `settle` does the rest of what was committed.
   */
  apply(change: Edit | readonly Edit[] | Plan, options?: RunOptions & Confirm & By): Promise<Outcome>;
  /**
   * Looks at these learners, whom the host has already stored, changed, or removed (semantics §2). Run again, it does what was left.
   * @throws `invalid_input`, `removal_limit` (not held to bare fractions), `repository_failed`, `contract_broken`.
   */
  learnersChanged(ids: readonly LearnerId[], options?: RunOptions & Confirm & By): Promise<Outcome>;
  /**
   * Looks at everyone, or at the part named, whoever has vanished included (semantics §2). Run again, it does what was left.
   * @throws `invalid_input`, `removal_limit`, `repository_failed`, `contract_broken`.
   */
  reconcile(options?: RunOptions & Confirm & By & ReconcileScope): Promise<Outcome>;
  /**
   * Finishes what an interrupted apply left, in any process; does nothing otherwise (semantics §6).
   * @throws `invalid_input`, `removal_limit`, `repository_failed`, `contract_broken`.
   */
  settle(options?: RunOptions & Confirm): Promise<Outcome>;
  /**
   * Says why a learner is, or is not, enrolled on a course, and what would end it (semantics §5); writes nothing.
   * @throws `invalid_input`, `repository_failed`, `contract_broken`.
   */
  explain(learnerId: LearnerId, courseId: CourseId, options?: RunOptions): Promise<Explanation>;
}
