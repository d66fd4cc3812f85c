import type { CourseId, LearnerId } from '../model/ids.js';
import type { Holdings, Learner } from '../model/learner.js';
import type {
  EnrolmentRepository,
  LearnerQuery,
  LearnerRepository,
  Repositories,
} from '../repositories/repositories.js';

/** Repositories in memory: every row can be read. */
export interface MemoryRepositories extends Repositories {
  /** The people. */
  readonly learners: MemoryLearners;
  /** What the people hold. */
  readonly enrolments: MemoryEnrolments;
}

/** Learners in memory. */
export interface MemoryLearners extends LearnerRepository {
  /** Returns those of these learners that exist, in any order, each once. */
  get(ids: readonly LearnerId[]): Promise<readonly Learner[]>;
  /** Returns a page of learners. */
  page(query: LearnerQuery): Promise<readonly Learner[]>;
}

/** Enrolments in memory. */
export interface MemoryEnrolments extends EnrolmentRepository {
  /** Returns what these learners hold, on every course or on these only. */
  read(ids: readonly LearnerId[], options?: { readonly courses?: readonly CourseId[] }): Promise<readonly Holdings[]>;
}
