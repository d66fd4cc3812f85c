import type { CourseId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';

/** Surrogates, and the units that sort after them in UTF-16 but before their characters by code point. */
const FROM_SURROGATES_ON = /[\ud800-\uffff]/;

/** Compares two strings by code point, the order of everything this library returns (semantics §7.14). */
export function compareIds(a: string, b: string): number {
  // Built-in comparison is fast and by UTF-16. It differs only if the string that it considers greater has such a unit.
  if (a < b) return FROM_SURROGATES_ON.test(b) ? compareCodePoints(a, b) : -1;
  if (a === b) return 0;
  return FROM_SURROGATES_ON.test(a) ? compareCodePoints(a, b) : 1;
}

function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x < 0xd800 || y < 0xd800) return x - y;
    // The surrogate pair may begin one unit earlier.
    return codePoint(a, i - 1) - codePoint(b, i - 1) || codePoint(a, i) - codePoint(b, i);
  }
  return a.length - b.length;
}

/** Compares by course id. */
export function byCourse(a: { readonly courseId: CourseId }, b: { readonly courseId: CourseId }): number {
  return compareIds(a.courseId, b.courseId);
}

/** Compares assignments by course id, then link id. */
export function compareAssignments(a: Assignment, b: Assignment): number {
  return compareIds(a.courseId, b.courseId) || compareIds(a.linkId, b.linkId);
}

/** Returns whether a list is in order. */
export function isSorted<T>(items: readonly T[], compare: (a: T, b: T) => number): boolean {
  for (let i = 1; i < items.length; i++) if (compare(items[i - 1]!, items[i]!) > 0) return false;
  return true;
}

function codePoint(text: string, at: number): number {
  return text.codePointAt(at) ?? 0;
}
