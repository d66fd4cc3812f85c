import type { Issues } from './issues.js';
import type { Place } from './place.js';
import { ID_LENGTH } from './size-limits.js';

/** Returns whether a value is an id; adds an issue if not. */
export function isId(value: unknown, place: Place | undefined, issues: Issues): value is string {
  if (typeof value !== 'string') {
    issues.wrongType('an id (text)', value, place);
    return false;
  }
  return isShort(value, ID_LENGTH, place, issues);
}

/** Returns whether a text is at most this long; adds an issue if not. */
export function isShort(text: string, length: number, place: Place | undefined, issues: Issues): boolean {
  if (text.length <= length) return true;
  issues.add('too_long', place, tooLong(length, text.length, 'characters'));
  return false;
}

/** Returns the message of a `too_long` issue. */
export function tooLong(allowed: number, found: number, what: string): string {
  return `at most ${allowed.toLocaleString('en-GB')} ${what} are allowed, not ${found.toLocaleString('en-GB')}`;
}
