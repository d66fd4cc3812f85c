import { type CompiledCatalog, compiledOf } from '../catalog/compiled-catalog.js';
import type { Matcher } from '../catalog/matcher.js';
import { compareBlocked } from '../model/blocked.js';
import type { Blocked, LearnerDiff } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import { compareIds, isSorted } from '../model/order.js';
import { Batch } from './batch.js';
import { Gathered, starting } from './gathered.js';
import { learnerDiff } from './learner-diff.js';
import { Row } from './row.js';

/** Learners whose bitmaps fit a processor's cache together. */
const BATCH = 1024;

/** Which courses to look at. */
export interface Scope {
  /** Only these courses are looked at; assignments to others are left as they are. */
  readonly courses: readonly CourseId[];
}

/** What changes, and what could not be decided. */
export interface DiffResult {
  /** Only learners for whom something changes, by id. */
  readonly diffs: LearnerDiff[];
  /** Frozen links in scope, then frozen learners, each by id (semantics §6). */
  readonly blocked: Blocked[];
}

/**
 * Says how what these learners should hold differs from what they hold, on every course or on those in scope.
 * Pure, deterministic and minimal: applying the diffs with {@link project} and computing again gives none (semantics §2–§4, §7.14).
 * Each learner once; assignments on courses out of scope are not looked at.
 * @throws `invalid_input` for a matcher that `compile` did not return, and for nothing else.
 */
export function diff(matcher: Matcher, states: readonly LearnerState[], scope?: Scope): DiffResult {
  const compiled = compiledOf(matcher);
  const view = scope ? compiled.views.of(scope.courses) : compiled.views.whole;
  const row = new Row(compiled, view.courses);
  const gathered = new Gathered();
  compiled.workspace.alive ??= [row, gathered, new Batch(compiled, view, []), starting('', [], [])];
  const diffs: LearnerDiff[] = [];
  const learners: Blocked[] = [];
  for (let from = 0; from < states.length; from += BATCH) {
    collect(new Batch(compiled, view, states.slice(from, from + BATCH)), row, gathered, diffs, learners);
  }
  // Most hosts answer in order.
  if (!isSorted(diffs, byLearner)) diffs.sort(byLearner);
  learners.sort(compareBlocked);
  return { diffs, blocked: [...blockedLinks(compiled, view.courses), ...learners] };
}

function byLearner(a: LearnerDiff, b: LearnerDiff): number {
  return compareIds(a.learnerId, b.learnerId);
}

function collect(batch: Batch, row: Row, gathered: Gathered, diffs: LearnerDiff[], blocked: Blocked[]): void {
  const { states, wanted } = batch;
  for (let i = 0; i < states.length; i++) {
    const state = states[i]!;
    const invalid = batch.invalid(i);
    if (invalid) blocked.push(invalid);
    else if (row.differs(state, wanted, i)) {
      const withheld = batch.withheld(i);
      if (withheld) blocked.push(withheld);
      else diffs.push(learnerDiff(row, state, gathered));
    }
  }
}

function blockedLinks(matcher: CompiledCatalog, courses: ReadonlySet<CourseId> | undefined): Blocked[] {
  const inScope = courses ? matcher.blocked.filter(({ courseId }) => courses.has(courseId)) : matcher.blocked;
  return inScope.map(({ blocked }) => blocked);
}
