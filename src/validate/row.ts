import type { Issues } from './issues.js';
import { at, type Place } from './place.js';

/** An object of which nothing is known but that it is one. */
export type Row = { readonly [key: string]: unknown };

/** Returns a value that is an object and not a list; adds that something else was expected. */
export function rowOf(value: unknown, expected: string, place: Place | undefined, issues: Issues): Row | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  issues.wrongType(expected, value, place);
  return undefined;
}

/** Adds that a property is not text. */
export function isText(row: Row, key: string, place: Place, issues: Issues): void {
  if (typeof row[key] !== 'string') issues.wrongType('text', row[key], at(place, key));
}
