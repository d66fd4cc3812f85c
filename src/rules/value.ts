import { isBlankText } from '../model/blank-text.js';
import type { Field, FieldType, Scalar } from '../model/learner.js';
import { parseInstant } from './instant.js';
import { fold } from './text.js';

/** The declared type of each field; undefined where the host declares none. */
export type FieldTypes = ReadonlyMap<string, FieldType> | undefined;

/** Looks the declared types up by field. */
export function fieldTypes(fields: readonly Field[] | undefined): FieldTypes {
  return fields && new Map(fields.map((field) => [field.id, field.type]));
}

/** A value made comparable: folded text, a number, a boolean, or a date's milliseconds. */
export type Comparable = string | number | boolean;

/** Whether one value, not a list, is blank (semantics §7.2). */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && isBlankText(value));
}

/** Makes a value that is not blank comparable as this type, or answers undefined where it has another. */
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
