import type { FieldType, Scalar } from '../model/learner.js';
import { truth } from './truth.js';

type Value = Scalar | readonly Scalar[];

/** A date and time as databases write it in JSON where it has no offset. */
const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?$/u;

/** An instant whose offset has seconds, as local mean times had: no ISO 8601, and what Postgres writes of some zones before 1914. */
const SECONDS = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?([+-])(\d\d):(\d\d):(\d\d)$/u;

function inUtc([, day, time, fraction = '', sign, hours, minutes, seconds]: RegExpExecArray): string {
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  const local = Date.parse(`${day}T${time}Z`);
  return new Date(local - (sign === '-' ? -1 : 1) * offset * 1000).toISOString().replace('.000Z', `${fraction}Z`);
}

/** An instant with its offset. */
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/u;

/** Returns an instant as a column without offsets has it, in UTC: the inverse of {@link columnValue}. All other text is returned as it is. */
export function withoutOffset(text: string): string {
  const [, day, time, fraction = '', offset] = INSTANT.exec(text) ?? [];
  if (offset === 'Z') return `${day} ${time}${fraction}`;
  const instant = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(instant) ? text : new Date(instant).toISOString().replace('.000Z', fraction);
}

/** Returns a value of JSON as its declared type has it: JSON has no dates, and hosts write booleans as 0 and 1. */
export function profileValue(value: Value, type: FieldType | undefined): Value {
  // A list within a list is malformed, and may be nested deeper than the stack is.
  if (Array.isArray(value))
    return value.map((one: Value) => (Array.isArray(one) ? one : profileValue(one, type)) as Scalar);
  if (type === 'boolean' && (value === 0 || value === 1)) return value === 1;
  if (type === 'date' && typeof value === 'string') {
    const local = LOCAL.exec(value);
    if (local) return `${local[1]}T${local[2]}${local[3] ?? ''}Z`;
    const offset = SECONDS.exec(value);
    if (offset) return inUtc(offset);
  }
  return value;
}

/** Returns a column's value as its declared type has it. Few databases have booleans: what is neither true nor false stays, to be reported. */
export function columnValue(value: Value, type: FieldType | undefined): Value {
  if (Array.isArray(value))
    return value.map((one: Value) => (Array.isArray(one) ? one : columnValue(one, type)) as Scalar);
  return type === 'boolean' ? (truth(value) ?? value) : profileValue(value, type);
}

/** Returns the text of a table of values as its declared type has it. What cannot be read stays, to be reported. */
export function textValue(text: string | null, type: FieldType | undefined): Scalar {
  if (text === null) return null;
  const trimmed = text.trim();
  if (type === 'number' && trimmed !== '' && Number.isFinite(Number(trimmed))) return numberOf(trimmed);
  if (type === 'boolean') return truth(trimmed) ?? text;
  return profileValue(text, type) as Scalar;
}

/** A number, or its text where JavaScript cannot keep all of its digits. */
function numberOf(text: string): number | string {
  const number = Number(text);
  const isWhole = /^[+-]?\d+$/u.test(text);
  return Number.isSafeInteger(number) || !isWhole || BigInt(text.replace('+', '')) === BigInt(number) ? number : text;
}
