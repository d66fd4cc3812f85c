import { compareIds } from '../collections/order.js';
import type { Cause, Enrolled, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment, LearnerState, TrainingRecord } from '../model/learner.js';
import type { Comparison } from './comparison.js';
import { CourseWalk, END } from './course-walk.js';
import { type DiffBuilder, startingDiff } from './diff-builder.js';

/** Returns the diff of a learner for whom something changes. */
export function learnerDiff(comparison: Comparison, state: LearnerState, builder: DiffBuilder): LearnerDiff {
  const { held, orphaned } = comparison;
  const isNew = held.to + orphaned.length + state.individual.length + state.training.length === 0;
  if (isNew) return firstDiff(comparison, state);
  const individual = new Set(state.individual);
  const records = recordsByCourse(state.training);
  const walk = new CourseWalk(comparison);
  while (walk.next()) addCourse(walk, builder, individual.has(walk.courseId), records.get(walk.courseId));
  return builder.take(state.learnerId);
}

/** Returns the diff of a learner who holds nothing yet: everything starts. A full diff from empty takes only this path. */
function firstDiff({ matcher, settled }: Comparison, { learnerId }: LearnerState): LearnerDiff {
  const { pairs, courseAt, courseEnds } = matcher;
  const { list, from, to } = settled;
  // A list that is allocated at its final length costs least.
  const assigned = new Array<Assignment>(to - from);
  let courses = 0;
  let end = 0;
  for (let i = from; i < to; i++) {
    const link = list[i]!;
    assigned[i - from] = pairs[link]!;
    if (link < end) continue;
    end = courseEnds[link]!;
    courses++;
  }
  const enrolled = new Array<Enrolled>(courses);
  end = courses = 0;
  for (let i = from; i < to; i++) {
    const link = list[i]!;
    if (link < end) continue;
    end = courseEnds[link]!;
    enrolled[courses++] = courseAt[link]!.start;
  }
  return startingDiff(learnerId, assigned, enrolled);
}

/** Adds the changes of one course. */
function addCourse(
  walk: CourseWalk,
  builder: DiffBuilder,
  individual: boolean,
  record: TrainingRecord['status'] | undefined,
): void {
  const { courseId, course } = walk;
  const cause = addAssignments(walk, builder);
  const isEnrolled = individual || walk.settledTo > walk.settledFrom;
  const wasEnrolled = individual || walk.heldTo > walk.heldFrom || walk.orphanedTo > walk.orphanedFrom;
  if (isEnrolled && !wasEnrolled) builder.enrolled.add(record ? course!.resume : course!.start);
  else if (wasEnrolled && !isEnrolled) builder.unenrolled.add(ending(courseId, cause!, record));
  else if (cause) builder.kept.add({ courseId, by: linkIdsAfter(walk), individual });
}

/** Adds the assignments that begin and end on one course; returns why assignments end, or undefined if none does. */
function addAssignments(walk: CourseWalk, { assigned, released }: DiffBuilder): Cause | undefined {
  const { matcher, held, settled, orphaned } = walk.comparison;
  const { pairs } = matcher;
  const first = released.count;
  let h = walk.heldFrom;
  let s = walk.settledFrom;
  while (h < walk.heldTo || s < walk.settledTo) {
    const before = h < walk.heldTo ? held.list[h]! : END;
    const after = s < walk.settledTo ? settled.list[s]! : END;
    if (before < after) released.add({ ...pairs[before]!, cause: 'left-segment' });
    else if (after < before) assigned.add(pairs[after]!);
    if (before <= after) h++;
    if (after <= before) s++;
  }
  const hasLeft = released.count > first;
  for (let o = walk.orphanedFrom; o < walk.orphanedTo; o++) {
    const { courseId, linkId, segmentId } = orphaned[o]!;
    released.add({ courseId, linkId, segmentId, cause: 'unlinked' });
  }
  if (walk.orphanedTo === walk.orphanedFrom) return hasLeft ? 'left-segment' : undefined;
  if (hasLeft) sortFrom(released, first);
  return 'unlinked';
}

/** Several records on one course count as one, completed if any of them is (semantics §4). */
function recordsByCourse(training: readonly TrainingRecord[]): ReadonlyMap<CourseId, TrainingRecord['status']> {
  const records = new Map<CourseId, TrainingRecord['status']>();
  for (const { courseId, status } of training) {
    if (status === 'completed' || !records.has(courseId)) records.set(courseId, status);
  }
  return records;
}

/** Returns the links that hold the current course once settled. */
function linkIdsAfter({ comparison, settledFrom, settledTo }: CourseWalk): LinkId[] {
  const { matcher, settled } = comparison;
  return Array.from(settled.list.subarray(settledFrom, settledTo), (link) => matcher.pairs[link]!.linkId);
}

function ending(courseId: CourseId, cause: Cause, status: TrainingRecord['status'] | undefined): Unenrolled {
  return { courseId, training: cause === 'unlinked' && status === 'completed' ? 'archive' : 'keep', cause };
}

/** Sorts the items from an index on, all of one course, by link id. */
function sortFrom({ items, count }: { readonly items: Released[]; readonly count: number }, from: number): void {
  const sorted = items.slice(from, count).sort((a, b) => compareIds(a.linkId, b.linkId));
  items.splice(from, sorted.length, ...sorted);
}
