import type { Course } from '../model/catalog.js';
import type { CourseId, LearnerId } from '../model/ids.js';
import type { Assignment, Field, Learner, LearnerState, TrainingRecord } from '../model/learner.js';

/** The LMS side of the memory repositories. These methods do not notify the library: call `learnersChanged` afterwards, as a host does. */
export interface Host {
  /** Declares all profile fields, replacing the earlier ones. */
  saveFields(fields: readonly Field[]): Promise<void>;
  /** Creates or replaces courses. */
  saveCourses(courses: readonly Course[]): Promise<void>;
  /** Removes courses; links to them are inert from then on (semantics §6). */
  deleteCourses(ids: readonly CourseId[]): Promise<void>;
  /** Creates or replaces learners. */
  saveLearners(learners: readonly Learner[]): Promise<void>;
  /** Removes learners; their assignments stay until the library evaluates them. */
  deleteLearners(ids: readonly LearnerId[]): Promise<void>;
  /** Creates an individual enrolment; does nothing if it exists. */
  enrolIndividually(learnerId: LearnerId, courseId: CourseId): Promise<void>;
  /** Removes an individual enrolment, if there is one. */
  unenrolIndividually(learnerId: LearnerId, courseId: CourseId): Promise<void>;
  /** Sets the status of the learner's current training record of the course; archived records do not change. */
  recordTraining(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']): Promise<void>;
  /** Returns what the library would read about one learner. The memory repositories sort its lists by course, then link, by code point. */
  state(learnerId: LearnerId): Promise<LearnerState>;
  /** Returns the courses of the learner's archived training records, one entry for each record, oldest first. */
  archived(learnerId: LearnerId): Promise<readonly CourseId[]>;
  /** Returns every smart assignment, by learner, course and link. */
  assignments(): Promise<
    readonly (Assignment & {
      /** The learner who holds it. */
      readonly learnerId: LearnerId;
    })[]
  >;
}
