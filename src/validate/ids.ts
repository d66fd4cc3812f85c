import { isId } from './id.js';
import type { Issues } from './issues.js';
import { at, type Place } from './place.js';

/** Copies a list of ids, including duplicates, or adds its issues. */
export function readIds(value: unknown, place: Place | undefined, issues: Issues): readonly string[] | undefined {
  if (!Array.isArray(value)) {
    issues.wrongType('a list of ids', value, place);
    return undefined;
  }
  const ids: string[] = [];
  for (let i = 0; i < value.length && !issues.full(); i++) {
    const id: unknown = value[i];
    if (isId(id, at(place, i), issues)) ids.push(id);
  }
  return ids;
}
