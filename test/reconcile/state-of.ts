import type { Assignment, Learner, LearnerState, TrainingRecord } from '../../src/model/learner.js';

/** What a state is made of: assignments and records written as `course/link` and `course/status`. */
export interface Parts {
  readonly learner?: Omit<Learner, 'id'> | null;
  readonly held?: readonly `${string}/${string}`[];
  readonly individual?: readonly string[];
  readonly training?: readonly `${string}/${TrainingRecord['status']}`[];
}

/** A learner's state; the profile is empty by default. `learner: null` is a learner who does not exist. */
export function stateOf(learnerId: string, parts: Parts = {}): LearnerState {
  const { learner = { profile: {} }, held = [], individual = [], training = [] } = parts;
  return {
    learnerId,
    ...(learner && { learner: { id: learnerId, ...learner } }),
    assignments: held.map(assignment),
    individual,
    training: training.map((text) => {
      const [courseId, status] = text.split('/') as [string, TrainingRecord['status']];
      return { courseId, status };
    }),
  };
}

/** Reads `course/link/segment`; the segment is `s` where left out. */
export function assignment(text: string): Assignment {
  const [courseId, linkId, segmentId = 's'] = text.split('/') as [string, string];
  return { courseId, linkId, segmentId };
}

/** A learner placed by hand in these segments. */
export const placed = (...segments: string[]): Omit<Learner, 'id'> => ({ profile: {}, segments });
