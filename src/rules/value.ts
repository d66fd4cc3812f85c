import type { Field, FieldType, Scalar } from '../model/learner.js';
import { isBlankText } from '../text/blank-text.js';
import { fold } from './fold.js';
import { parseInstant } from './instant.js';

/** The declared type of each field; undefined if the host declares no fields. */
export type FieldTypes = ReadonlyMap<string, FieldType> | undefined;

/** Returns the declared types by field. */
export function fieldTypes(fields: readonly Field[] | undefined): FieldTypes {
  return fields && new Map(fields.map((field) => [field.id, field.type]));
}

/** A comparable value: folded text, a number, a boolean, or the milliseconds of a date. */
export type Comparable = string | number | boolean;

/** Returns whether one value that is not a list is blank (semantics §7.2). */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isBlankText(value));
}

/** Converts a value that is not blank to its comparable form of this type; returns undefined if it has another type. */
export function comparable(type: FieldType, value: Scalar): Comparable | undefined {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? fold(value) : undefined;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      return typeof value === 'string' ? parseInstant(value) : undefined;
    default:
      return type satisfies never;
  }
}
