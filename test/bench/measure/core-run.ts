import { diff, type LearnerDiff, type LearnerState, type Matcher } from '../../../src/core.js';
import { Digest } from './digest.js';

/** How many states are looked at together. */
export const BATCH = 1_000;

/** Runs the core over all states, a batch at a time; each batch's diffs are consumed as they come. */
export function coreRun(
  matcher: Matcher,
  states: readonly LearnerState[],
  consume: (diffs: readonly LearnerDiff[]) => void = () => {},
): void {
  for (let from = 0; from < states.length; from += BATCH) {
    consume(diff(matcher, states.slice(from, from + BATCH)).diffs);
  }
}

/** What the core's diff of these states comes to. */
export function coreDigest(matcher: Matcher, states: readonly LearnerState[]): string {
  const digest = new Digest();
  coreRun(matcher, states, (diffs) => digest.addDiffs(diffs));
  return digest.toString();
}
