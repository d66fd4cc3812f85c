import { compareIds } from '../collections/order.js';
import type { Released } from '../model/diff.js';
import type { CourseId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';
import type { DiffBuilder } from './diff-builder.js';

/**
 * Releases the unlinked assignments of a course, which begin at `from`, and returns the index after them. A learner who is no longer enrolled
 * by any link then has their completed training archived. What was released of the course, from `first` on, is put in order.
 */
export function releaseUnlinked(
  released: DiffBuilder['released'],
  unlinked: readonly Assignment[],
  from: number,
  courseId: CourseId,
  first: number,
): number {
  let next = from;
  for (; next < unlinked.length && unlinked[next]!.courseId === courseId; next++) {
    const { linkId, segmentId } = unlinked[next]!;
    released.add({ courseId, linkId, segmentId, cause: 'unlinked' });
  }
  if (next > from && released.count > first + 1) sortFrom(released, first);
  return next;
}

/** Sorts the items from an index on, all of one course, by link id. */
function sortFrom({ items, count }: { readonly items: Released[]; readonly count: number }, from: number): void {
  const sorted = items.slice(from, count).sort((a, b) => compareIds(a.linkId, b.linkId));
  items.splice(from, sorted.length, ...sorted);
}
