import type { Cause, LearnerDiff } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

/** A course, a link to it, and the link's segment (default `s`). */
export type Pair = readonly [courseId: string, linkId: string, segmentId?: string];

/** A diff with only these parts. */
export function diffOf(learnerId: LearnerId, parts: Partial<Omit<LearnerDiff, 'learnerId'>>): LearnerDiff {
  return { learnerId, assigned: [], released: [], enrolled: [], unenrolled: [], kept: [], ...parts };
}

/** The diff of a learner who holds nothing yet: assignments, and the enrolments that start with them. */
export function assigning(learnerId: LearnerId, ...pairs: readonly Pair[]): LearnerDiff {
  const courses = [...new Set(pairs.map(([courseId]) => courseId))];
  return diffOf(learnerId, {
    assigned: pairs.map(toAssignment),
    enrolled: courses.map((courseId) => ({ courseId, training: 'start' })),
  });
}

/** The diff of a learner who holds nothing else on the course: an assignment that ends, and the enrolment that ends with it. */
export function releasing(
  learnerId: LearnerId,
  pair: Pair,
  training: 'keep' | 'archive' = 'keep',
  cause: Cause = training === 'archive' ? 'unlinked' : 'left-segment',
): LearnerDiff {
  const [courseId] = pair;
  return diffOf(learnerId, {
    released: [{ ...toAssignment(pair), cause }],
    unenrolled: [{ courseId, training, cause }],
  });
}

/** The assignment that a pair describes. */
export function toAssignment([courseId, linkId, segmentId = 's']: Pair): Assignment {
  return { courseId, linkId, segmentId };
}
