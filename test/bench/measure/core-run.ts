import { diff, type LearnerDiff, type LearnerState, type Matcher } from '../../../src/core.js';
import { Digest } from './digest.js';

/** How many states are evaluated in one batch. */
export const BATCH = 1_000;

/** Runs the core over all states in batches; the diffs of each batch are consumed before the next. */
export function coreRun(
  matcher: Matcher,
  states: readonly LearnerState[],
  consume: (diffs: readonly LearnerDiff[]) => void = () => {},
): void {
  for (let from = 0; from < states.length; from += BATCH) {
    consume(diff(matcher, states.slice(from, from + BATCH)).diffs);
  }
}

/** The digest of the core's diff of these states. */
export function coreDigest(matcher: Matcher, states: readonly LearnerState[]): string {
  const digest = new Digest();
  coreRun(matcher, states, (diffs) => digest.addDiffs(diffs));
  return digest.toString();
}
