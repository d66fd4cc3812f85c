import type { Edit } from '../model/catalog.js';
import type { Explanation, Outcome, Plan, Preview } from '../model/diff.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { By, Confirm, ReconcileScope, RunOptions, WhatIf } from '../model/options.js';

/** Keeps smart assignments in line with the catalog and the learners. Every operation resolves once all affected learners are settled. */
export interface SmartEnrolments {
  /**
   * Returns what edits would do, as a plan that can be applied now or later; writes nothing (semantics §6).
   * @throws what {@link SmartEnrolments.apply} throws for edits, except `plan_stale`, `removal_limit` and `catalog_conflict`.
   */
  preview(change: Edit | readonly Edit[], options?: RunOptions): Promise<Plan>;
  /**
   * Returns what a notice would do if these learners were stored or deleted; writes nothing. Values are evaluated as the store would return
   * them (semantics §6). {@link SmartEnrolments.learnersChanged} with the same ids accepts the fingerprint.
   * @throws `invalid_input`, `repository_failed`, `contract_broken`.
   */
  previewLearners(whatIf: WhatIf, options?: RunOptions): Promise<Preview>;
  /**
   * Applies all edits in order or none of them, or a plan exactly as previewed. Settles outstanding work first (semantics §5, §6).
   * @throws `invalid_input`, `unknown_segment`, `unknown_course`, `unknown_link`, `course_not_by_assignment`, `duplicate_link`,
   * `segment_in_use`, `rule_cycle`, `plan_stale`, `removal_limit`, `catalog_conflict`: none of the edits was applied, except for a
   * `removal_limit` without a fingerprint. `repository_failed`, `contract_broken`: `settle` finishes what was committed.
   */
  apply(change: Edit | readonly Edit[] | Plan, options?: RunOptions & Confirm & By): Promise<Outcome>;
  /**
   * Evaluates learners that the host has already stored, changed or deleted (semantics §2). Call it again to finish what a failed call left.
   * @throws `invalid_input`, `removal_limit` (limits that are only a fraction do not apply), `repository_failed`, `contract_broken`.
   */
  learnersChanged(ids: readonly LearnerId[], options?: RunOptions & Confirm & By): Promise<Outcome>;
  /**
   * Evaluates all learners, or the given part of them, including deleted learners who still hold something (semantics §2). Call it again to
   * finish what a failed call left.
   * @throws `invalid_input`, `removal_limit`, `repository_failed`, `contract_broken`.
   */
  reconcile(options?: RunOptions & Confirm & By & ReconcileScope): Promise<Outcome>;
  /**
   * Finishes the work that interrupted applies left, in any process; does nothing if there is none (semantics §6).
   * @throws `invalid_input`, `removal_limit`, `repository_failed`, `contract_broken`.
   */
  settle(options?: RunOptions & Confirm): Promise<Outcome>;
  /**
   * Returns why a learner is or is not enrolled on a course, and what would end the enrolment (semantics §5); writes nothing.
   * @throws `invalid_input`, `repository_failed`, `contract_broken`.
   */
  explain(learnerId: LearnerId, courseId: CourseId, options?: RunOptions): Promise<Explanation>;
}
