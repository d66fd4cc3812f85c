import { lowerBound } from '../collections/binary-search.js';
import { getOrCreate } from '../collections/get-or-create.js';
import { byCourse, compareAssignments, compareIds, isSorted } from '../collections/order.js';
import type { LearnerDiff } from '../model/diff.js';
import type { CourseId, LearnerId, LinkId } from '../model/ids.js';
import type { Assignment, Holdings, TrainingRecord } from '../model/learner.js';
import type { AssignmentChange } from './holders.js';
import type { SharedPairs } from './shared-pairs.js';

/** What is stored about one learner's courses: a frozen value that is replaced, never changed. Its lists are sorted. */
export interface StoredHoldings {
  readonly holdings: Holdings;
  /** Courses of archived training records, oldest first. */
  readonly archived: readonly CourseId[];
}

/** Returns what a learner without a row holds. */
export function emptyHoldings(learnerId: LearnerId): StoredHoldings {
  return frozen({ learnerId, assignments: [], individual: [], training: [] }, []);
}

/** Returns whether there is nothing to store. */
export function isEmpty({ holdings, archived }: StoredHoldings): boolean {
  const { assignments, individual, training } = holdings;
  return assignments.length + individual.length + training.length + archived.length === 0;
}

/** What a diff stores, in the store's own objects: no object of the caller is kept. */
export interface HoldingsChange extends AssignmentChange {
  readonly learnerId: LearnerId;
  /** Returns whether an assignment is released, by its link and course, whatever its segment (semantics §7.8). */
  readonly isReleased: (pair: Assignment) => boolean;
  readonly started: readonly TrainingRecord[];
  readonly archived: ReadonlySet<CourseId>;
}

const NOTHING: ReadonlySet<never> = new Set();

/** Returns what a diff stores. Records are started and archived; records that are resumed or kept do not change. */
export function holdingsChangeOf(
  { learnerId, assigned, released, enrolled, unenrolled }: LearnerDiff,
  pairs: SharedPairs,
): HoldingsChange {
  const started: TrainingRecord[] = [];
  for (const { courseId, training } of enrolled) {
    if (training === 'start') started.push(pairs.training({ courseId, status: 'in-progress' }));
  }
  const archived = unenrolled.filter(({ training }) => training === 'archive');
  return {
    learnerId,
    assigned: assigned.map((pair) => pairs.assignment(pair)),
    ...release(released),
    started,
    archived: archived.length === 0 ? NOTHING : new Set(archived.map(({ courseId }) => courseId)),
  };
}

function release(released: LearnerDiff['released']): Pick<HoldingsChange, 'released' | 'isReleased'> {
  if (released.length === 0) return { released: NOTHING, isReleased: () => false };
  const courses = new Map<LinkId, Set<CourseId>>();
  for (const { linkId, courseId } of released) getOrCreate(courses, linkId, () => new Set<CourseId>()).add(courseId);
  return {
    released: new Set(courses.keys()),
    isReleased: ({ linkId, courseId }) => courses.get(linkId)?.has(courseId) ?? false,
  };
}

/** Returns what the learner holds after this is written: additions first (semantics §7.11); no record is edited. */
export function withChange({ holdings, archived }: StoredHoldings, change: HoldingsChange): StoredHoldings {
  const { learnerId, individual } = holdings;
  const assignments = including(holdings.assignments, change.assigned, compareAssignments);
  const training = including(holdings.training, change.started, byCourse);
  const isArchived = ({ courseId }: TrainingRecord): boolean => change.archived.has(courseId);
  const left = change.released.size === 0 ? assignments : without(assignments, change.isReleased);
  if (change.archived.size === 0) return frozen({ learnerId, assignments: left, individual, training }, archived);
  const more = [...archived, ...training.filter(isArchived).map(({ courseId }) => courseId)];
  return frozen({ learnerId, assignments: left, individual, training: without(training, isArchived) }, more);
}

/** Returns what the learner holds after an individual enrolment on a course. */
export function withIndividual({ holdings, archived }: StoredHoldings, courseId: CourseId): StoredHoldings {
  return frozen({ ...holdings, individual: including(holdings.individual, [courseId], compareIds) }, archived);
}

/** Returns what the learner holds after an individual enrolment on a course is removed. */
export function withoutIndividual({ holdings, archived }: StoredHoldings, courseId: CourseId): StoredHoldings {
  return frozen({ ...holdings, individual: without(holdings.individual, (id) => id === courseId) }, archived);
}

/** Returns what the learner holds after their training record of a course is set. */
export function withTraining({ holdings, archived }: StoredHoldings, record: TrainingRecord): StoredHoldings {
  const others = without(holdings.training, ({ courseId }) => courseId === record.courseId);
  return frozen({ ...holdings, training: including(others, [record], byCourse) }, archived);
}

/** Returns a sorted list with the items that it does not have yet. */
function including<T>(sorted: readonly T[], more: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  if (more.length === 0) return sorted;
  // Allocated at its final length: a list that grows is copied repeatedly and keeps spare capacity.
  const all = new Array<T>(sorted.length + more.length);
  let count = 0;
  let from = 0;
  // The items of a diff are already in order.
  for (const item of isSorted(more, compare) ? more : [...more].sort(compare)) {
    const to = lowerBound(sorted, item, compare, from);
    while (from < to) all[count++] = sorted[from++]!;
    const isThere = from < sorted.length && compare(sorted[from]!, item) === 0;
    if (!isThere && (count === 0 || compare(all[count - 1]!, item) !== 0)) all[count++] = item;
  }
  while (from < sorted.length) all[count++] = sorted[from++]!;
  if (count < all.length) all.length = count;
  return all;
}

function without<T>(items: readonly T[], isRemoved: (item: T) => boolean): readonly T[] {
  const left = items.filter((item) => !isRemoved(item));
  return left.length < items.length ? left : items;
}

function frozen(holdings: Holdings, archived: readonly CourseId[]): StoredHoldings {
  Object.freeze(holdings.assignments);
  Object.freeze(holdings.individual);
  Object.freeze(holdings.training);
  return { holdings: Object.freeze(holdings), archived: Object.freeze(archived) };
}
