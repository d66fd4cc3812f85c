import type { CourseId, Holdings, Learner, LearnerDiff, LearnerId, TrainingRecord } from 'smart-enrolments';

/** Everything stored about one learner. A row is replaced, never changed. */
export interface Row {
  readonly learner?: Learner;
  readonly holdings: Holdings;
  /** Courses of archived training records, oldest first. */
  readonly archived: readonly CourseId[];
}

/** The row of a learner without stored data. */
export function emptyRow(learnerId: LearnerId): Row {
  return { holdings: { learnerId, assignments: [], individual: [], training: [] }, archived: [] };
}

/** Returns the row after the diff is written. Additions come first (semantics §7.11). */
export function withDiff(row: Row, diff: LearnerDiff): Row {
  const released = new Set(diff.released.map(({ courseId, linkId }) => JSON.stringify([courseId, linkId])));
  const assignments = [...row.holdings.assignments, ...diff.assigned];

  // `start` is a new record. `resume` and `keep` leave the record unchanged; `archive` archives it (semantics §4).
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

/** Returns the row with these facts. `undefined` means that the learner was deleted; their holdings stay. */
export function withLearner({ holdings, archived }: Row, learner: Learner | undefined): Row {
  return { ...(learner && { learner }), holdings, archived };
}

/** Returns the row with these individual enrolments. */
export function withIndividual(row: Row, individual: readonly CourseId[]): Row {
  return { ...row, holdings: { ...row.holdings, individual } };
}

/** Returns the row with this training record of its course. */
export function withRecord(row: Row, record: TrainingRecord): Row {
  const others = row.holdings.training.filter(({ courseId }) => courseId !== record.courseId);
  return { ...row, holdings: { ...row.holdings, training: [...others, record] } };
}
