import type { FieldType, Scalar } from '../../../model/learner.js';
import { truth } from './truth.js';

type Value = Scalar | readonly Scalar[];

/** A date and time without an offset, as databases write it in JSON. */
const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?$/u;

/** An instant whose offset has seconds, as local mean times had: it is not ISO 8601, but Postgres writes it for some zones before 1914. */
const SECONDS = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?([+-])(\d\d):(\d\d):(\d\d)$/u;

function inUtc([, day, time, fraction = '', sign, hours, minutes, seconds]: RegExpExecArray): string {
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  const local = Date.parse(`${day}T${time}Z`);
  return new Date(local - (sign === '-' ? -1 : 1) * offset * 1000).toISOString().replace('.000Z', `${fraction}Z`);
}

/** An instant with its offset. */
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/u;

/** Returns an instant in UTC, as a column without offsets stores it: the inverse of {@link columnValue}. Returns all other text unchanged. */
export function withoutOffset(text: string): string {
  const [, day, time, fraction = '', offset] = INSTANT.exec(text) ?? [];
  if (offset === 'Z') return `${day} ${time}${fraction}`;
  const instant = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(instant) ? text : new Date(instant).toISOString().replace('.000Z', fraction);
}

/** Converts a JSON value to its declared type: JSON has no dates, and hosts write booleans as 0 and 1. */
export function profileValue(value: Value, type: FieldType | undefined): Value {
  // A nested list is malformed, and may be nested deeper than the stack allows.
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

/** Converts a column's value to its declared type. Few databases have booleans; a value that is neither true nor false is kept, to be reported. */
export function columnValue(value: Value, type: FieldType | undefined): Value {
  if (Array.isArray(value))
    return value.map((one: Value) => (Array.isArray(one) ? one : columnValue(one, type)) as Scalar);
  return type === 'boolean' ? (truth(value) ?? value) : profileValue(value, type);
}

/** Converts a text from a table of values to its declared type. Text that cannot be converted is kept, to be reported. */
export function textValue(text: string | null, type: FieldType | undefined): Scalar {
  if (text === null) return null;
  const trimmed = text.trim();
  if (type === 'number' && trimmed !== '' && Number.isFinite(Number(trimmed))) return numberOf(trimmed);
  if (type === 'boolean') return truth(trimmed) ?? text;
  return profileValue(text, type) as Scalar;
}

/** A number, or its text if JavaScript cannot represent all of its digits. */
function numberOf(text: string): number | string {
  const number = Number(text);
  const isWhole = /^[+-]?\d+$/u.test(text);
  return Number.isSafeInteger(number) || !isWhole || BigInt(text.replace('+', '')) === BigInt(number) ? number : text;
}
