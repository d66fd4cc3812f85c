import { compareAssignments, compareIds } from '../collections/order.js';
import type { LearnerDiff } from '../model/diff.js';
import type { Assignment, LearnerState, TrainingRecord } from '../model/learner.js';

/** Returns the states after the diffs are applied: assignments and training records, each in order (semantics §4). */
export function project(states: readonly LearnerState[], diffs: readonly LearnerDiff[]): LearnerState[] {
  const byLearner = new Map(diffs.map((diff) => [diff.learnerId, diff]));
  return states.map((state) => {
    const diff = byLearner.get(state.learnerId);
    return diff
      ? { ...state, assignments: assignmentsAfter(state, diff), training: trainingAfter(state, diff) }
      : state;
  });
}

function assignmentsAfter(state: LearnerState, diff: LearnerDiff): Assignment[] {
  const ended = new Set(diff.released.map(keyOf));
  return [...state.assignments.filter((assignment) => !ended.has(keyOf(assignment))), ...diff.assigned].sort(
    compareAssignments,
  );
}

function trainingAfter(state: LearnerState, diff: LearnerDiff): TrainingRecord[] {
  const archived = new Set(
    diff.unenrolled.filter(({ training }) => training === 'archive').map(({ courseId }) => courseId),
  );
  const started = diff.enrolled.filter(({ training }) => training === 'start');
  return [
    ...state.training.filter(({ courseId }) => !archived.has(courseId)),
    ...started.map(({ courseId }): TrainingRecord => ({ courseId, status: 'in-progress' })),
  ].sort((a, b) => compareIds(a.courseId, b.courseId));
}

function keyOf({ courseId, linkId }: Assignment): string {
  return JSON.stringify([courseId, linkId]);
}
