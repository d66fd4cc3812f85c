import { tooLong } from './id.js';
import type { Issues } from './issues.js';
import { at, type Place } from './place.js';

/** Checks each entry of a list; adds an issue if the value is not a list (`expected`) or is too long. */
export function checkList(
  value: unknown,
  most: number,
  place: Place,
  issues: Issues,
  check: (entry: unknown, place: Place) => void,
  expected = 'a list',
): void {
  if (!Array.isArray(value)) {
    issues.wrongType(expected, value, place);
    return;
  }
  const { length } = value;
  if (length > most) {
    issues.add('too_long', place, tooLong(most, length, 'entries'));
    return;
  }
  for (let i = 0; i < length && !issues.full(); i++) check(value[i], at(place, i));
}
