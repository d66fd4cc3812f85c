import type { Issues } from '../validate/issues.js';
import type { Place } from '../validate/place.js';

/** An object of which nothing is known but that it is one. */
export type Given = { readonly [key: string]: unknown };

/** Returns a value that is an object, and no list; adds that it is none. */
export function objectIn(value: unknown, place: Place | undefined, issues: Issues): Given | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Given;
  issues.wrongType('an object', value, place);
  return undefined;
}
