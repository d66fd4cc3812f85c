import type { FieldType, Scalar } from '../model/learner.js';

type Value = Scalar | readonly Scalar[];

/** A date and time as databases write it in JSON where it has no offset. */
const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?$/u;

/** Makes a value as a database answered it what its declared type says: databases have no booleans, and no offsets. */
export function profileValue(value: Value, type: FieldType | undefined): Value {
  if (Array.isArray(value)) return value.map((one: Scalar) => profileValue(one, type) as Scalar);
  if (type === 'boolean' && (value === 0 || value === 1)) return value === 1;
  if (type === 'date' && typeof value === 'string') {
    const local = LOCAL.exec(value);
    if (local) return `${local[1]}T${local[2]}${local[3] ?? ''}Z`;
  }
  return value;
}

const TRUE = new Set(['true', 't', '1', 'yes', 'on']);
const FALSE = new Set(['false', 'f', '0', 'no', 'off']);

/** The same for a table of values, which all are text. What cannot be read is left, to be reported. */
export function textValue(text: string | null, type: FieldType | undefined): Scalar {
  if (text === null) return null;
  const trimmed = text.trim();
  if (type === 'number' && trimmed !== '' && Number.isFinite(Number(trimmed))) return Number(trimmed);
  if (type === 'boolean' && TRUE.has(trimmed.toLowerCase())) return true;
  if (type === 'boolean' && FALSE.has(trimmed.toLowerCase())) return false;
  return profileValue(text, type) as Scalar;
}
