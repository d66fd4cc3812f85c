import type {
  CatalogChange,
  Course,
  CourseId,
  Field,
  Learner,
  LearnerDiff,
  LearnerId,
  SettledRange,
  TrainingRecord,
  Unsettled,
  WriteContext,
} from 'smart-enrolments';

/** All changes of what this host stores. The library makes the first three, the host itself the others. */
export type Event =
  | { readonly type: 'catalogCommitted'; readonly change: CatalogChange; readonly unsettled: Unsettled }
  | { readonly type: 'workSettled'; readonly progress: SettledRange }
  | {
      readonly type: 'enrolmentsWritten';
      readonly diffs: readonly LearnerDiff[];
      /** The actor and cause, and the time: the log is this host's history. */
      readonly operation: WriteContext['operation'];
      readonly at: WriteContext['at'];
    }
  | { readonly type: 'fieldsDeclared'; readonly fields: readonly Field[] }
  | { readonly type: 'coursesSaved'; readonly courses: readonly Course[] }
  | { readonly type: 'coursesDeleted'; readonly ids: readonly CourseId[] }
  | { readonly type: 'learnersSaved'; readonly learners: readonly Learner[] }
  | { readonly type: 'learnersDeleted'; readonly ids: readonly LearnerId[] }
  | { readonly type: 'enrolledIndividually'; readonly learnerId: LearnerId; readonly courseId: CourseId }
  | { readonly type: 'unenrolledIndividually'; readonly learnerId: LearnerId; readonly courseId: CourseId }
  | { readonly type: 'trainingRecorded'; readonly learnerId: LearnerId; readonly record: TrainingRecord };
