import { attempt } from '../errors/attempt.js';

/** Returns the type of a value for a message, without the value. */
export function describe(value: unknown): string {
  // Array.isArray throws for a revoked proxy.
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
