import type { Issues } from '../../validate/issues.js';
import { at, type Place } from '../../validate/place.js';
import type { Row } from '../../validate/row.js';
import { IDENTIFIER_RULE, isIdentifier } from '../statement/identifier.js';

/** Adds an issue if a property is not the name of a table or a column. */
export function nameIn(object: Row, key: string, place: Place, issues: Issues): void {
  if (isFilled(object, key, 'a name (text)', place, issues) && !isIdentifier(object[key]))
    issues.add('wrong_type', at(place, key), IDENTIFIER_RULE);
}

/** Adds an issue if a property is not text that a column, or a cell, may have. */
export function contentIn(object: Row, key: string, place: Place, issues: Issues): void {
  isFilled(object, key, 'a value (text)', place, issues);
}

function isFilled(object: Row, key: string, expected: string, place: Place, issues: Issues): boolean {
  const value = object[key];
  if (typeof value === 'string' && value !== '') return true;
  issues.wrongType(expected, value === '' ? undefined : value, at(place, key));
  return false;
}
