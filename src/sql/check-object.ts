import type { Issues } from '../validate/issues.js';
import { at, type Place } from '../validate/place.js';

/** An object of which nothing is known but that it is one. */
export type Given = { readonly [key: string]: unknown };

/** Returns a value that is an object, and no list; adds that it is none. */
export function objectIn(value: unknown, place: Place | undefined, issues: Issues): Given | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Given;
  issues.wrongType('an object', value, place);
  return undefined;
}

/** Adds every key that is not known: misspelt, it would be taken for left out. */
export function onlyKeys(object: Given, known: readonly string[], place: Place | undefined, issues: Issues): void {
  for (const key of Object.keys(object)) {
    if (issues.full()) return;
    if (!known.includes(key)) issues.add('unknown_key', at(place, key), 'there is no such key here');
  }
}
