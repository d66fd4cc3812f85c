import type { Learner, UnreadableLearner } from '../model/learner.js';
import { readable } from './readable.js';

/** Learners in one form, however a store represents no value, no placement and an active learner. */
export function normalised(learners: readonly (Learner | UnreadableLearner)[]): unknown[] {
  return readable<Learner>(learners).map(({ id, profile, segments = [], active = true }) => ({
    id,
    profile: Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== null && value !== undefined)),
    segments: [...segments].sort(),
    active,
  }));
}
