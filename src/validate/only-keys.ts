import type { Issues } from './issues.js';
import { at, type Place } from './place.js';

/** The message of an issue on an unknown key. */
export const NO_SUCH_KEY = 'unknown key';

/** Adds an issue for each unknown key: a misspelt key would otherwise count as left out. */
export function onlyKeys(given: object, known: readonly string[], place: Place | undefined, issues: Issues): void {
  for (const key of Object.keys(given)) {
    if (issues.full()) return;
    if (!known.includes(key)) issues.add('unknown_key', at(place, key), NO_SUCH_KEY);
  }
}
