import type { Matcher } from '../catalog/matcher.js';
import type { Cause, Enrolled, Kept, LearnerDiff, Released, Unenrolled } from '../model/diff.js';
import type { CourseId, LinkId } from '../model/ids.js';
import type { Assignment, LearnerState, TrainingRecord } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import type { Row, Run } from './row.js';

const NONE: readonly never[] = Object.freeze([]);
/** Stands behind every link. */
const END = 0x7fff_ffff;

/** What a diff is gathered in, learner after learner; each diff takes lists of its own, no longer than they need be. */
export class Gathered {
  readonly assigned = new List<Assignment>();
  readonly released = new List<Released>();
  readonly enrolled = new List<Enrolled>();
  readonly unenrolled = new List<Unenrolled>();
  readonly kept = new List<Kept>();

  take(learnerId: string): LearnerDiff {
    return {
      learnerId,
      assigned: this.assigned.take(),
      released: this.released.take(),
      enrolled: this.enrolled.take(),
      unenrolled: this.unenrolled.take(),
      kept: this.kept.take(),
    };
  }
}

class List<Item> {
  readonly items: Item[] = [];
  count = 0;

  add(item: Item): void {
    this.items[this.count++] = item;
  }

  take(): readonly Item[] {
    if (this.count === 0) return NONE;
    const taken = this.items.slice(0, this.count);
    this.count = 0;
    return taken;
  }
}

/** Says what a row's change means for its learner: course by course, what is held beside what is settled. */
export function learnerDiff(
  { matcher, held, settled, gone }: Row,
  state: LearnerState,
  gathered: Gathered,
): LearnerDiff {
  const { pairs, courseAt } = matcher;
  const { assigned, released, enrolled, unenrolled, kept } = gathered;
  const individual = state.individual.length > 0 ? new Set(state.individual) : undefined;
  const records =
    state.training.length > 0 ? new Map(state.training.map((record) => [record.courseId, record.status])) : undefined;
  const { list: heldList, to: heldTo } = held;
  const { list: settledList, to: settledTo } = settled;
  let h = held.from;
  let s = settled.from;
  let g = 0;
  let before = h < heldTo ? heldList[h]! : END;
  let after = s < settledTo ? settledList[s]! : END;
  while (before !== END || after !== END || g < gone.length) {
    const next = before < after ? before : after;
    let course = next === END ? undefined : courseAt[next];
    if (g < gone.length && course && compareIds(gone[g]!.courseId, course.courseId) < 0) course = undefined;
    const courseId = course ? course.courseId : gone[g]!.courseId;
    const end = course ? course.to : 0;
    const firstHeld = h;
    const firstSettled = s;
    const firstGone = g;
    const firstReleased = released.count;
    let cause: Cause | undefined;
    while (before < end || after < end) {
      if (before < after) {
        cause = 'left-segment';
        released.add({ courseId, linkId: pairs[before]!.linkId, cause });
      } else if (after < before) assigned.add(pairs[after]!);
      const [stepHeld, stepSettled] = [before <= after, after <= before];
      if (stepHeld) before = ++h < heldTo ? heldList[h]! : END;
      if (stepSettled) after = ++s < settledTo ? settledList[s]! : END;
    }
    for (; g < gone.length && gone[g]!.courseId === courseId; g++) {
      cause = 'unlinked';
      released.add({ courseId, linkId: gone[g]!.linkId, cause });
    }
    if (g > firstGone && released.count > firstReleased + 1) sortFrom(released, firstReleased);
    const individually = individual?.has(courseId) ?? false;
    const isEnrolled = individually || s > firstSettled;
    const wasEnrolled = individually || h > firstHeld || g > firstGone;
    if (isEnrolled && !wasEnrolled) enrolled.add(records?.has(courseId) ? course!.resume : course!.start);
    else if (wasEnrolled && !isEnrolled) unenrolled.add(ending(courseId, cause!, records?.get(courseId)));
    else if (cause) kept.add({ courseId, by: holding(matcher, settled, firstSettled, s), individual: individually });
  }
  return gathered.take(state.learnerId);
}

/** The links that hold the course once settled. */
function holding({ pairs }: Matcher, { list }: Run, from: number, to: number): LinkId[] {
  return Array.from(list.subarray(from, to), (column) => pairs[column]!.linkId);
}

function ending(courseId: CourseId, cause: Cause, status: TrainingRecord['status'] | undefined): Unenrolled {
  return { courseId, training: cause === 'unlinked' && status === 'completed' ? 'archive' : 'keep', cause };
}

/** Puts those from a place on, all of one course, in order of their links. */
function sortFrom({ items, count }: { readonly items: Released[]; readonly count: number }, from: number): void {
  const sorted = items.slice(from, count).sort((a, b) => compareIds(a.linkId, b.linkId));
  items.splice(from, sorted.length, ...sorted);
}
