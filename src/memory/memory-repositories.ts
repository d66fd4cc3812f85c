import type { CourseId, LearnerId } from '../model/ids.js';
import type { Holdings, Learner } from '../model/learner.js';
import type {
  EnrolmentRepository,
  LearnerQuery,
  LearnerRepository,
  Repositories,
} from '../repositories/repositories.js';

/** Repositories in memory; no row of theirs is unreadable. */
export interface MemoryRepositories extends Repositories {
  /** The learners. */
  readonly learners: MemoryLearners;
  /** What the learners hold. */
  readonly enrolments: MemoryEnrolments;
}

/** Learners in memory. */
export interface MemoryLearners extends LearnerRepository {
  /** Returns the learners that exist, in any order, each once. */
  get(ids: readonly LearnerId[]): Promise<readonly Learner[]>;
  /** Returns a page of learners. */
  page(query: LearnerQuery): Promise<readonly Learner[]>;
}

/** Enrolments in memory. */
export interface MemoryEnrolments extends EnrolmentRepository {
  /** Returns what these learners hold, on every course or only on these. */
  read(ids: readonly LearnerId[], options?: { readonly courses?: readonly CourseId[] }): Promise<readonly Holdings[]>;
}
