import type { Issues } from '../validate/issues.js';
import type { Place } from '../validate/place.js';

/** What a matcher has, however many copies of the library are loaded. */
const PARTS = ['catalog', 'program', 'views', 'workspace', 'segments', 'linkIndex', 'courses'];

/** Adds that a value is not what `compile` returns. */
export function checkMatcher(value: unknown, place: Place, issues: Issues): void {
  const given = Object(value) as { readonly [key: string]: unknown };
  const isMatcher = PARTS.every((part) => typeof given[part] === 'object' && given[part] !== null);
  if (!isMatcher) issues.wrongType('what compile returns', value, place);
}
