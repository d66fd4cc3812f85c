import { compareBlocked } from '../catalog/blocked.js';
import { type CompiledCatalog, compiledOf } from '../catalog/compiled-catalog.js';
import type { Matcher } from '../catalog/matcher.js';
import { compareIds, isSorted } from '../collections/order.js';
import type { Blocked, LearnerDiff } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import { Chunk } from './chunk.js';
import { Comparison } from './comparison.js';
import { DiffBuilder, startingDiff } from './diff-builder.js';
import { learnerDiff } from './learner-diff.js';

/** The number of learners whose bitmaps fit into the processor's cache together. */
const CHUNK = 1024;

/** Which courses to evaluate. */
export interface Scope {
  /** Only these courses are evaluated; assignments to other courses stay as they are. */
  readonly courses: readonly CourseId[];
}

/** The changes, and what could not be decided. */
export interface DiffResult {
  /** Only learners with changes, by id. */
  readonly diffs: LearnerDiff[];
  /** Frozen links in scope, then frozen learners, each by id (semantics §6). */
  readonly blocked: Blocked[];
}

/**
 * Returns how what these learners should hold differs from what they hold, on every course or on the courses in scope.
 * Pure, deterministic and minimal: after the diffs are applied with {@link project}, the next diff is empty (semantics §2–§4, §7.14).
 * Pass each learner once. Assignments on courses out of scope are ignored.
 * @throws `invalid_input` for a matcher that `compile` did not return, and for nothing else.
 */
export function diff(matcher: Matcher, states: readonly LearnerState[], scope?: Scope): DiffResult {
  const compiled = compiledOf(matcher);
  const view = scope ? compiled.views.of(scope.courses) : compiled.views.whole;
  const comparison = new Comparison(compiled, view.courses);
  const builder = new DiffBuilder();
  compiled.workspace.alive ??= [comparison, builder, new Chunk(compiled, view, []), startingDiff('', [], [])];
  const diffs: LearnerDiff[] = [];
  const learners: Blocked[] = [];
  for (let from = 0; from < states.length; from += CHUNK) {
    collect(new Chunk(compiled, view, states.slice(from, from + CHUNK)), comparison, builder, diffs, learners);
  }
  // Most hosts return learners in order.
  if (!isSorted(diffs, byLearner)) diffs.sort(byLearner);
  learners.sort(compareBlocked);
  return { diffs, blocked: [...blockedLinks(compiled, view.courses), ...learners] };
}

function byLearner(a: LearnerDiff, b: LearnerDiff): number {
  return compareIds(a.learnerId, b.learnerId);
}

function collect(
  chunk: Chunk,
  comparison: Comparison,
  builder: DiffBuilder,
  diffs: LearnerDiff[],
  blocked: Blocked[],
): void {
  const { states, wanted } = chunk;
  for (let i = 0; i < states.length; i++) {
    const state = states[i]!;
    const invalid = chunk.invalid(i);
    if (invalid) blocked.push(invalid);
    else if (comparison.differs(state, wanted, i)) {
      const withheld = chunk.withheld(i);
      if (withheld) blocked.push(withheld);
      else diffs.push(learnerDiff(comparison, state, builder));
    }
  }
}

function blockedLinks(matcher: CompiledCatalog, courses: ReadonlySet<CourseId> | undefined): Blocked[] {
  const inScope = courses ? matcher.blocked.filter(({ courseId }) => courses.has(courseId)) : matcher.blocked;
  return inScope.map(({ blocked }) => blocked);
}
