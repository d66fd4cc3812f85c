import type {
  Assignment,
  Course,
  CourseId,
  Field,
  Learner,
  LearnerId,
  LearnerState,
  TrainingRecord,
} from 'smart-enrolments';
import type { Event } from './events.js';
import type { Store } from './store.js';

/** The host's own changes, in the same log. Afterwards it notifies the library with `learnersChanged`. */
export class Host {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  saveFields(fields: readonly Field[]): Promise<void> {
    return this.#record({ type: 'fieldsDeclared', fields });
  }

  saveCourses(courses: readonly Course[]): Promise<void> {
    return this.#record({ type: 'coursesSaved', courses });
  }

  deleteCourses(ids: readonly CourseId[]): Promise<void> {
    return this.#record({ type: 'coursesDeleted', ids });
  }

  saveLearners(learners: readonly Learner[]): Promise<void> {
    return this.#record({ type: 'learnersSaved', learners });
  }

  deleteLearners(ids: readonly LearnerId[]): Promise<void> {
    return this.#record({ type: 'learnersDeleted', ids });
  }

  enrolIndividually(learnerId: LearnerId, courseId: CourseId): Promise<void> {
    return this.#record({ type: 'enrolledIndividually', learnerId, courseId });
  }

  unenrolIndividually(learnerId: LearnerId, courseId: CourseId): Promise<void> {
    return this.#record({ type: 'unenrolledIndividually', learnerId, courseId });
  }

  recordTraining(learnerId: LearnerId, courseId: CourseId, status: TrainingRecord['status']): Promise<void> {
    return this.#record({ type: 'trainingRecorded', learnerId, record: { courseId, status } });
  }

  async state(learnerId: LearnerId): Promise<LearnerState> {
    const { learner, holdings } = this.#store.state.row(learnerId);
    return { ...(learner && { learner }), ...holdings };
  }

  async archived(learnerId: LearnerId): Promise<readonly CourseId[]> {
    return this.#store.state.row(learnerId).archived;
  }

  async assignments(): Promise<readonly (Assignment & { readonly learnerId: LearnerId })[]> {
    const { state } = this.#store;
    return state
      .ids()
      .flatMap((learnerId) =>
        state.row(learnerId).holdings.assignments.map((assignment) => ({ learnerId, ...assignment })),
      );
  }

  #record(event: Event): Promise<void> {
    return this.#store.transaction(async ({ record }) => record(event));
  }
}
