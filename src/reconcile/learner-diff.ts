import type { Cause, Enrolled, Kept, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { Assignment, TrainingRecord } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import type { Batch, Column } from './batch.js';

const NONE: readonly never[] = Object.freeze([]);

/** Says what changed columns mean for one learner, course by course. */
export function learnerDiff(batch: Batch, row: number, columns: readonly Column[]): LearnerDiff {
  const { learnerId, individual, training } = batch.states[row]!;
  const assigned: Assignment[] = [];
  const released: Released[] = [];
  const enrolled: Enrolled[] = [];
  const unenrolled: Unenrolled[] = [];
  const kept: Kept[] = [];
  const alone = new Set(individual);
  const records = new Map(training.map((record) => [record.courseId, record.status]));
  const sorted = inOrder(batch, columns);
  for (let from = 0; from < sorted.length; ) {
    const { courseId } = batch.assignment(sorted[from]!);
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
    const course = batch.columnsOf(courseId);
    const individually = alone.has(courseId);
    const after = individually || course.some((column) => batch.isWanted(column, row));
    const before = individually || course.some((column) => batch.isHeld(column, row));
    if (after && !before) enrolled.push({ courseId, training: records.has(courseId) ? 'resume' : 'start' });
    else if (before && !after) unenrolled.push(ending(courseId, cause!, records.get(courseId)));
    else if (cause) {
      const by = course
        .filter((column) => batch.isWanted(column, row))
        .map((column) => batch.assignment(column).linkId);
      kept.push({ courseId, by, individual: individually });
    }
  }
  return {
    learnerId,
    assigned: list(assigned),
    released: list(released),
    enrolled: list(enrolled),
    unenrolled: list(unenrolled),
    kept: list(kept),
  };
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
