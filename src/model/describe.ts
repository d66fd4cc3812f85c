import { attempt } from './attempt.js';

/** Names the type of a value for a message, without telling the value. */
export function describe(value: unknown): string {
  // A revoked proxy throws even when it is asked whether it is a list.
  if (attempt(() => Array.isArray(value))) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return Number.isFinite(value) ? 'a number' : 'a number that is not finite';
    case 'object':
      return value === null ? 'null' : 'an object';
    case 'undefined':
      return 'nothing';
    default:
      return `a ${typeof value}`;
  }
}
