import type { Assignment } from './learner.js';

/** Orders two strings by code point, the order of everything this library shows (semantics §7.14). */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x < 0xd800 || y < 0xd800) return x - y;
    // Above the surrogates UTF-16 order and code point order differ, and a pair may have begun one unit earlier.
    return codePoint(a, i - 1) - codePoint(b, i - 1) || codePoint(a, i) - codePoint(b, i);
  }
  return a.length - b.length;
}

/** Orders assignments by course id, then link id. */
export function compareAssignments(a: Assignment, b: Assignment): number {
  return compareIds(a.courseId, b.courseId) || compareIds(a.linkId, b.linkId);
}

/** Whether nothing precedes what stands before it. */
export function isSorted<T>(items: readonly T[], compare: (a: T, b: T) => number): boolean {
  for (let i = 1; i < items.length; i++) if (compare(items[i - 1]!, items[i]!) > 0) return false;
  return true;
}

function codePoint(text: string, at: number): number {
  return text.codePointAt(at) ?? 0;
}
