import type { Matcher } from '../catalog/matcher.js';
import type { Blocked, LearnerDiff } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { LearnerState } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import { slice } from '../rules/evaluate.js';
import type { Slot } from '../rules/program.js';
import { Batch } from './batch.js';
import { learnerDiff } from './learner-diff.js';

/** Learners whose bitmaps fit a processor's cache together. */
const BATCH = 1024;

/** Which courses to look at. */
export interface Scope {
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
 */
export function diff(matcher: Matcher, states: readonly LearnerState[], scope?: Scope): DiffResult {
  const courses = scope && new Set(scope.courses);
  const program = courses ? slice(matcher.program, slotsOf(matcher, courses), 'all') : matcher.whole;
  const diffs: LearnerDiff[] = [];
  const learners: Blocked[] = [];
  for (let from = 0; from < states.length; from += BATCH) {
    collect(new Batch(matcher, states.slice(from, from + BATCH), courses, program), diffs, learners);
  }
  diffs.sort((a, b) => compareIds(a.learnerId, b.learnerId));
  learners.sort((a, b) => compareIds(a.id, b.id));
  return { diffs, blocked: [...blockedLinks(matcher, courses), ...learners] };
}

function collect(batch: Batch, diffs: LearnerDiff[], blocked: Blocked[]): void {
  const changes = batch.changes();
  batch.states.forEach((_, row) => {
    const columns = changes[row];
    if (batch.isFrozen(row)) {
      const reason = batch.blocked(row, columns !== undefined);
      if (reason) blocked.push(reason);
    } else if (columns) diffs.push(learnerDiff(batch, row, columns));
  });
}

function slotsOf(matcher: Matcher, courses: ReadonlySet<CourseId>): Set<Slot> {
  const slots = new Set<Slot>();
  for (const courseId of courses) {
    const { from, to } = matcher.courses.get(courseId) ?? { from: 0, to: 0 };
    for (const slot of matcher.audiences.subarray(from, to)) slots.add(slot);
  }
  return slots;
}

function blockedLinks(matcher: Matcher, courses: ReadonlySet<CourseId> | undefined): Blocked[] {
  const inScope = courses ? matcher.blocked.filter(({ courseId }) => courses.has(courseId)) : matcher.blocked;
  return inScope.map(({ blocked }) => blocked);
}
