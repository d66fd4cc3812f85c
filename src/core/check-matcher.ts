import { isCompiledCatalog, WHAT_COMPILE_RETURNS } from '../catalog/compiled-catalog.js';
import type { Issues } from '../validate/issues.js';
import type { Place } from '../validate/place.js';

/** Adds an issue if `compile` did not return the value. */
export function checkMatcher(value: unknown, place: Place, issues: Issues): void {
  if (!isCompiledCatalog(value)) issues.wrongType(WHAT_COMPILE_RETURNS, value, place);
}
