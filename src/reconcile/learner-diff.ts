import type { CompiledCatalog } from '../catalog/compiled-catalog.js';
import { compareIds } from '../collections/order.js';
import type { Cause, Enrolled, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment, LearnerState, TrainingRecord } from '../model/learner.js';
import type { Comparison, LinkRange } from './comparison.js';
import { type DiffBuilder, startingDiff } from './diff-builder.js';

/** Sorts after every link. */
const END = 0x7fff_ffff;

/** Returns the diff of a learner whose assignments change. */
export function learnerDiff(comparison: Comparison, state: LearnerState, builder: DiffBuilder): LearnerDiff {
  const { individual, training } = state;
  const isNew = comparison.held.to + comparison.orphaned.length + individual.length + training.length === 0;
  if (isNew) return firstDiff(comparison, state);
  addByCourse(comparison, state, builder);
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

/** Merges held, settled and orphaned assignments course by course. */
function addByCourse(
  { matcher, held, settled, orphaned }: Comparison,
  state: LearnerState,
  builder: DiffBuilder,
): void {
  const { pairs, courseAt } = matcher;
  const { assigned, released, enrolled, unenrolled, kept } = builder;
  const individual = new Set(state.individual);
  const records = recordsByCourse(state.training);
  let h = held.from;
  let s = settled.from;
  let o = 0;
  let before = at(held, h);
  let after = at(settled, s);
  while (before !== END || after !== END || o < orphaned.length) {
    const next = before < after ? before : after;
    let course = next === END ? undefined : courseAt[next];
    if (o < orphaned.length && course && compareIds(orphaned[o]!.courseId, course.courseId) < 0) course = undefined;
    const courseId = course ? course.courseId : orphaned[o]!.courseId;
    const end = course ? course.to : 0;
    const first = { held: h, settled: s, orphaned: o, released: released.count };
    let cause: Cause | undefined;
    while (before < end || after < end) {
      if (before < after) {
        cause = 'left-segment';
        released.add({ ...pairs[before]!, cause });
      } else if (after < before) assigned.add(pairs[after]!);
      const link = before < after ? before : after;
      if (before === link) before = at(held, ++h);
      if (after === link) after = at(settled, ++s);
    }
    for (; o < orphaned.length && orphaned[o]!.courseId === courseId; o++) {
      cause = 'unlinked';
      const { linkId, segmentId } = orphaned[o]!;
      released.add({ courseId, linkId, segmentId, cause });
    }
    if (o > first.orphaned && released.count > first.released + 1) sortFrom(released, first.released);
    const individually = individual.has(courseId);
    const isEnrolled = individually || s > first.settled;
    const wasEnrolled = individually || h > first.held || o > first.orphaned;
    if (isEnrolled && !wasEnrolled) enrolled.add(records.has(courseId) ? course!.resume : course!.start);
    else if (wasEnrolled && !isEnrolled) unenrolled.add(ending(courseId, cause!, records.get(courseId)));
    else if (cause) kept.add({ courseId, by: holding(matcher, settled, first.settled, s), individual: individually });
  }
}

/** Several records on one course count as one, completed if any of them is (semantics §4). */
function recordsByCourse(training: readonly TrainingRecord[]): ReadonlyMap<CourseId, TrainingRecord['status']> {
  const records = new Map<CourseId, TrainingRecord['status']>();
  for (const { courseId, status } of training) {
    if (status === 'completed' || !records.has(courseId)) records.set(courseId, status);
  }
  return records;
}

/** Returns the link at an index, or `END`. */
function at({ list, to }: LinkRange, place: number): number {
  return place < to ? list[place]! : END;
}

/** Returns the links that hold the course once settled. */
function holding({ pairs }: CompiledCatalog, { list }: LinkRange, from: number, to: number): LinkId[] {
  return Array.from(list.subarray(from, to), (link) => pairs[link]!.linkId);
}

function ending(courseId: CourseId, cause: Cause, status: TrainingRecord['status'] | undefined): Unenrolled {
  return { courseId, training: cause === 'unlinked' && status === 'completed' ? 'archive' : 'keep', cause };
}

/** Sorts the items from an index on, all of one course, by link id. */
function sortFrom({ items, count }: { readonly items: Released[]; readonly count: number }, from: number): void {
  const sorted = items.slice(from, count).sort((a, b) => compareIds(a.linkId, b.linkId));
  items.splice(from, sorted.length, ...sorted);
}
