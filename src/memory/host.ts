import type { Course } from '../model/catalog.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Assignment, Field, Learner, LearnerState, TrainingRecord } from '../model/learner.js';

/** What an LMS does on its own. Nothing here tells the library: follow it with `learnersChanged`, as a host would. */
export interface Host {
  /** Declares the profile fields: all of them. */
  saveFields(fields: readonly Field[]): Promise<void>;
  /** Creates or replaces courses. */
  saveCourses(courses: readonly Course[]): Promise<void>;
  /** Removes courses; links to them are inert from then on (semantics §6). */
  deleteCourses(ids: readonly CourseId[]): Promise<void>;
  /** Creates or replaces learners. */
  saveLearners(learners: readonly Learner[]): Promise<void>;
  /** Removes learners; what they hold stays until the library looks. */
  deleteLearners(ids: readonly LearnerId[]): Promise<void>;
  /** Makes an individual enrolment; a second one of the same changes nothing. */
  enrolIndividually(learnerId: LearnerId, courseId: CourseId): Promise<void>;
  /** Removes an individual enrolment, if there is one. */
  unenrolIndividually(learnerId: LearnerId, courseId: CourseId): Promise<void>;
  /** Sets the learner's training record of the course that is not archived. */
  recordTraining(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']): Promise<void>;
  /** What the library would read of one learner, sorted. */
  state(learnerId: LearnerId): Promise<LearnerState>;
  /** The courses of the learner's archived training records, one each, oldest first. */
  archived(learnerId: LearnerId): Promise<readonly CourseId[]>;
  /** Every smart assignment, by learner, course and link. */
  assignments(): Promise<
    readonly (Assignment & {
      /** Who is held. */
      readonly learnerId: LearnerId;
    })[]
  >;
}
