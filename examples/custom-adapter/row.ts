import type { CourseId, Holdings, Learner, LearnerDiff, LearnerId, TrainingRecord } from 'smart-enrolments';

/** All that is stored about one learner: replaced, never changed. */
export interface Row {
  readonly learner?: Learner;
  readonly holdings: Holdings;
  /** Courses of archived training records, oldest first. */
  readonly archived: readonly CourseId[];
}

/** What a learner of whom nothing is stored holds. */
export function emptyRow(learnerId: LearnerId): Row {
  return { holdings: { learnerId, assignments: [], individual: [], training: [] }, archived: [] };
}

/** What the row is once the diff is written: the additions come first (semantics §7.11). */
export function withDiff(row: Row, diff: LearnerDiff): Row {
  const released = new Set(diff.released.map(({ courseId, linkId }) => JSON.stringify([courseId, linkId])));
  const assignments = [...row.holdings.assignments, ...diff.assigned];

  // `start` is a new record. `resume` and `keep` leave the record as it is; `archive` puts it away (semantics §4).
  const started = diff.enrolled.filter(({ training }) => training === 'start');
  const training = [
    ...row.holdings.training,
    ...started.map(({ courseId }): TrainingRecord => Object.freeze({ courseId, status: 'in-progress' })),
  ];
  const ended = diff.unenrolled.filter(({ training }) => training === 'archive').map(({ courseId }) => courseId);

  return {
    ...row,
    holdings: {
      ...row.holdings,
      assignments: assignments.filter(({ courseId, linkId }) => !released.has(JSON.stringify([courseId, linkId]))),
      training: training.filter(({ courseId }) => !ended.includes(courseId)),
    },
    archived: [...row.archived, ...ended],
  };
}

/** What the row is once this is what is known of the person; undefined: they are gone, what they hold stays. */
export function withLearner({ holdings, archived }: Row, learner: Learner | undefined): Row {
  return { ...(learner && { learner }), holdings, archived };
}

/** What the row is once these are the courses the learner was put on by anything else than the library. */
export function withIndividual(row: Row, individual: readonly CourseId[]): Row {
  return { ...row, holdings: { ...row.holdings, individual } };
}

/** What the row is once this is the training record of its course. */
export function withRecord(row: Row, record: TrainingRecord): Row {
  const others = row.holdings.training.filter(({ courseId }) => courseId !== record.courseId);
  return { ...row, holdings: { ...row.holdings, training: [...others, record] } };
}
