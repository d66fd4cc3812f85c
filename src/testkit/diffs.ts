import type { Cause, LearnerDiff } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

/** A course, a link of it, and the link's segment: `s` where left out. */
export type Pair = readonly [courseId: string, linkId: string, segmentId?: string];

/** A diff with these parts, and nothing else. */
export function diffOf(learnerId: LearnerId, parts: Partial<Omit<LearnerDiff, 'learnerId'>>): LearnerDiff {
  return { learnerId, assigned: [], released: [], enrolled: [], unenrolled: [], kept: [], ...parts };
}

/** What is written for a learner whom nothing holds yet: assignments, and the enrolments that start with them. */
export function assigning(learnerId: LearnerId, ...pairs: readonly Pair[]): LearnerDiff {
  const courses = [...new Set(pairs.map(([courseId]) => courseId))];
  return diffOf(learnerId, {
    assigned: pairs.map(toAssignment),
    enrolled: courses.map((courseId) => ({ courseId, training: 'start' })),
  });
}

/** What is written for a learner whom nothing else holds: assignments that go, and the enrolments that end with them. */
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

/** The assignment that a pair stands for. */
export function toAssignment([courseId, linkId, segmentId = 's']: Pair): Assignment {
  return { courseId, linkId, segmentId };
}
