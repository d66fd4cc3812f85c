import { isCompiledCatalog, WHAT_COMPILE_RETURNS } from '../catalog/compiled-catalog.js';
import type { Issues } from '../validate/issues.js';
import type { Place } from '../validate/place.js';

/** Adds that a value is not what `compile` returns. */
export function checkMatcher(value: unknown, place: Place, issues: Issues): void {
  if (!isCompiledCatalog(value)) issues.wrongType(WHAT_COMPILE_RETURNS, value, place);
}
