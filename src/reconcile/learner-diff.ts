import type { MatchedCourse } from '../catalog/matcher.js';
import type { Cause, Enrolled, Kept, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment, TrainingRecord } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import type { Batch, Column } from './batch.js';

const NONE: readonly never[] = Object.freeze([]);

/** Says what changed columns mean for one learner, course by course. */
export function learnerDiff(batch: Batch, row: number, columns: readonly Column[]): LearnerDiff {
  const state = batch.states[row]!;
  const assigned: Assignment[] = [];
  const released: Released[] = [];
  const enrolled: Enrolled[] = [];
  const unenrolled: Unenrolled[] = [];
  const kept: Kept[] = [];
  const individual = state.individual.length > 0 ? new Set(state.individual) : undefined;
  const records =
    state.training.length > 0 ? new Map(state.training.map((record) => [record.courseId, record.status])) : undefined;
  const heldNothing = state.assignments.length === 0;
  const sorted = inOrder(batch, columns);
  for (let from = 0; from < sorted.length; ) {
    const { courseId } = batch.assignment(sorted[from]!);
    const course = batch.matcher.courseAt[sorted[from]!] ?? batch.matcher.courses.get(courseId);
    const assignedBefore = assigned.length;
    let cause: Cause | undefined;
    let to = from;
    for (; to < sorted.length; to++) {
      const column = sorted[to]!;
      const assignment = batch.assignment(column);
      if (assignment.courseId !== courseId) break;
      if (batch.isHeld(column, row)) {
        const own: Cause = batch.isGone(column) ? 'unlinked' : 'left-segment';
        if (cause !== 'unlinked') cause = own;
        released.push({ courseId, linkId: assignment.linkId, cause: own });
      } else assigned.push(assignment);
    }
    from = to;
    const individually = individual?.has(courseId) ?? false;
    const after = individually || assigned.length > assignedBefore || isHeldAfter(batch, course, row);
    const before = individually || cause !== undefined || (!heldNothing && isHeldBefore(batch, course, row));
    if (after && !before) enrolled.push(records?.has(courseId) ? course!.resume : course!.start);
    else if (before && !after) unenrolled.push(ending(courseId, cause!, records?.get(courseId)));
    else if (cause) kept.push({ courseId, by: holding(batch, course, row), individual: individually });
  }
  return {
    learnerId: state.learnerId,
    assigned: list(assigned),
    released: list(released),
    enrolled: list(enrolled),
    unenrolled: list(unenrolled),
    kept: list(kept),
  };
}

function isHeldAfter(batch: Batch, course: MatchedCourse | undefined, row: number): boolean {
  if (course) for (let column = course.from; column < course.to; column++) if (batch.isWanted(column, row)) return true;
  return false;
}

/** By its links; where one that is gone held it, that one is among the changes. */
function isHeldBefore(batch: Batch, course: MatchedCourse | undefined, row: number): boolean {
  if (course) for (let column = course.from; column < course.to; column++) if (batch.isHeld(column, row)) return true;
  return false;
}

/** The links that hold the course once settled. */
function holding(batch: Batch, course: MatchedCourse | undefined, row: number): LinkId[] {
  const links: LinkId[] = [];
  if (course) {
    for (let column = course.from; column < course.to; column++) {
      if (batch.isWanted(column, row)) links.push(batch.assignment(column).linkId);
    }
  }
  return links;
}

function ending(courseId: CourseId, cause: Cause, status: TrainingRecord['status'] | undefined): Unenrolled {
  return { courseId, training: cause === 'unlinked' && status === 'completed' ? 'archive' : 'keep', cause };
}

/** Columns of links come in order; those of links that are gone stand anywhere. */
function inOrder(batch: Batch, columns: readonly Column[]): readonly Column[] {
  if (columns.length < 2 || !batch.isGone(columns.at(-1)!)) return columns;
  return [...columns].sort((x, y) => {
    const a = batch.assignment(x);
    const b = batch.assignment(y);
    return compareIds(a.courseId, b.courseId) || compareIds(a.linkId, b.linkId);
  });
}

function list<Item>(items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? NONE : items;
}
