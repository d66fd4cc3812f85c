import type { CompiledCatalog } from '../catalog/compiled-catalog.js';
import type { Cause, Enrolled, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment, LearnerState, TrainingRecord } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import { type Gathered, starting } from './gathered.js';
import type { Links, Row } from './row.js';

/** Stands behind every link. */
const END = 0x7fff_ffff;

/** Says what a row's change means for its learner. */
export function learnerDiff(row: Row, state: LearnerState, gathered: Gathered): LearnerDiff {
  const { individual, training } = state;
  const isNew = row.held.to + row.gone.length + individual.length + training.length === 0;
  if (isNew) return firstDiff(row, state);
  gatherByCourse(row, state, gathered);
  return gathered.take(state.learnerId);
}

/** Of a learner with nothing yet: everything starts. A full diff is of nobody else, and this is all that it does. */
function firstDiff({ matcher, settled }: Row, { learnerId }: LearnerState): LearnerDiff {
  const { pairs, courseAt, courseEnds } = matcher;
  const { list, from, to } = settled;
  // Lists that are made at their final length, and never grow, cost least.
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
  return starting(learnerId, assigned, enrolled);
}

/** Course by course, what is held beside what is settled; links that are gone come among those of their course. */
function gatherByCourse({ matcher, held, settled, gone }: Row, state: LearnerState, gathered: Gathered): void {
  const { pairs, courseAt } = matcher;
  const { assigned, released, enrolled, unenrolled, kept } = gathered;
  const individual = new Set(state.individual);
  const records = recordsByCourse(state.training);
  let h = held.from;
  let s = settled.from;
  let g = 0;
  let before = at(held, h);
  let after = at(settled, s);
  while (before !== END || after !== END || g < gone.length) {
    const next = before < after ? before : after;
    let course = next === END ? undefined : courseAt[next];
    if (g < gone.length && course && compareIds(gone[g]!.courseId, course.courseId) < 0) course = undefined;
    const courseId = course ? course.courseId : gone[g]!.courseId;
    const end = course ? course.to : 0;
    const first = { held: h, settled: s, gone: g, released: released.count };
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
    for (; g < gone.length && gone[g]!.courseId === courseId; g++) {
      cause = 'unlinked';
      const { linkId, segmentId } = gone[g]!;
      released.add({ courseId, linkId, segmentId, cause });
    }
    if (g > first.gone && released.count > first.released + 1) sortFrom(released, first.released);
    const individually = individual.has(courseId);
    const isEnrolled = individually || s > first.settled;
    const wasEnrolled = individually || h > first.held || g > first.gone;
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

/** The link at a place of a list. */
function at({ list, to }: Links, place: number): number {
  return place < to ? list[place]! : END;
}

/** The links that hold the course once settled. */
function holding({ pairs }: CompiledCatalog, { list }: Links, from: number, to: number): LinkId[] {
  return Array.from(list.subarray(from, to), (link) => pairs[link]!.linkId);
}

function ending(courseId: CourseId, cause: Cause, status: TrainingRecord['status'] | undefined): Unenrolled {
  return { courseId, training: cause === 'unlinked' && status === 'completed' ? 'archive' : 'keep', cause };
}

/** Puts those from a place on, all of one course, in order of their links. */
function sortFrom({ items, count }: { readonly items: Released[]; readonly count: number }, from: number): void {
  const sorted = items.slice(from, count).sort((a, b) => compareIds(a.linkId, b.linkId));
  items.splice(from, sorted.length, ...sorted);
}
