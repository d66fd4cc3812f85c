import type { Issues } from './issues.js';
import { at, type Place } from './place.js';

/** An object with unknown properties. */
export type Row = { readonly [key: string]: unknown };

/** Returns the value if it is an object and not a list; adds an issue otherwise. */
export function rowOf(value: unknown, expected: string, place: Place | undefined, issues: Issues): Row | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  issues.wrongType(expected, value, place);
  return undefined;
}

/** Adds an issue if a property is not text. */
export function isText(row: Row, key: string, place: Place, issues: Issues): void {
  if (typeof row[key] !== 'string') issues.wrongType('text', row[key], at(place, key));
}
