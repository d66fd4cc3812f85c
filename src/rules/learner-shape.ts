import type { Learner, Profile } from '../model/learner.js';
import { describe } from '../text/describe.js';

/** The fault of a row with a getter that throws, such as an ORM entity that is not loaded. */
export const UNREADABLE = 'Reading the row throws an error.';

/** Returns why a learner's row as a whole is malformed; undefined if it is not. */
export function shapeFault(learner: Learner): string | undefined {
  try {
    return shapeFaultOf(learner);
  } catch {
    return UNREADABLE;
  }
}

function shapeFaultOf({ profile, segments, active }: Learner): string | undefined {
  if (typeof profile !== 'object' || profile === null || Array.isArray(profile))
    return `The profile is ${describe(profile)}.`;
  if (active !== undefined && typeof active !== 'boolean') return `"active" is ${describe(active)}, not a boolean.`;
  if (segments === undefined) return undefined;
  if (!Array.isArray(segments)) return `The segments are ${describe(segments)}, not a list.`;
  for (let i = 0; i < segments.length; i++) {
    if (typeof segments[i] !== 'string') return `One of the segments is ${describe(segments[i])}, not an id.`;
  }
  return undefined;
}

/** Returns whether a profile may inherit properties other than those of `Object.prototype`. Everything that a proxy has counts as own. */
export function inherits(profile: Profile): boolean {
  try {
    const prototype: unknown = Object.getPrototypeOf(profile);
    return prototype !== Object.prototype && prototype !== null;
  } catch {
    return true;
  }
}
