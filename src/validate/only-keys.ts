import type { Issues } from './issues.js';
import { at, type Place } from './place.js';

/** What an issue says of a key that is not known. */
export const NO_SUCH_KEY = 'unknown key';

/** Adds an issue for each key that is not known: misspelt, it would count as left out. */
export function onlyKeys(given: object, known: readonly string[], place: Place | undefined, issues: Issues): void {
  for (const key of Object.keys(given)) {
    if (issues.full()) return;
    if (!known.includes(key)) issues.add('unknown_key', at(place, key), NO_SUCH_KEY);
  }
}
