import { compareIds } from '../collections/order.js';
import type { CourseId } from '../model/ids.js';

/** Compares by course. */
export function byCourse(a: { readonly courseId: CourseId }, b: { readonly courseId: CourseId }): number {
  return compareIds(a.courseId, b.courseId);
}

/** Returns the index of the first item, at `from` or after, that does not precede this item. */
export function search<T>(sorted: readonly T[], item: T, from: number, compare: (a: T, b: T) => number): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle]!, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
