import { type Catalog, compile, diff, type Learner, type LearnerState } from '../../../src/core.js';

/** The states of these learners without holdings. */
export function emptyHanded(learners: readonly Learner[]): LearnerState[] {
  return learners.map((learner) => ({
    learnerId: learner.id,
    learner,
    assignments: [],
    individual: [],
    training: [],
  }));
}

/** The same learners with the holdings that they should have; every assignment is a separate object, as a store returns them. */
export function settled(catalog: Catalog, states: readonly LearnerState[]): LearnerState[] {
  const matcher = compile(catalog);
  const settledStates: LearnerState[] = [];
  for (let from = 0; from < states.length; from += 1_000) {
    const batch = states.slice(from, from + 1_000);
    const diffs = new Map(diff(matcher, batch).diffs.map((one) => [one.learnerId, one]));
    for (const state of batch) {
      const assigned = diffs.get(state.learnerId)?.assigned ?? [];
      settledStates.push({ ...state, assignments: assigned.map((assignment) => ({ ...assignment })) });
    }
  }
  return settledStates;
}

/** A copy in which every id and text is a separate string, as in the rows of a database driver. */
export function asRows(states: readonly LearnerState[]): LearnerState[] {
  return states.map(({ learnerId, learner, assignments, individual, training }) => ({
    learnerId: own(learnerId),
    learner: learner && {
      id: own(learnerId),
      profile: Object.fromEntries(Object.entries(learner.profile).map(([field, value]) => [field, ownValue(value)])),
    },
    assignments: assignments.map(({ courseId, linkId, segmentId }) => ({
      ...{ courseId: own(courseId), linkId: own(linkId), segmentId: own(segmentId) },
    })),
    individual,
    training,
  }));
}

function ownValue(value: Learner['profile'][string]): Learner['profile'][string] {
  if (typeof value === 'string') return own(value);
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? own(one) : one)) : value;
}

function own(text: string): string {
  return Buffer.from(text).toString('latin1');
}
