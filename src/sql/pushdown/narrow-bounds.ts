import { MAX_PARAMETERS, MAX_STATEMENT_LENGTH } from '../statement/bounds.js';
import type { Fragment } from '../statement/fragment.js';

/** The most bytes of values in one condition, as parameters. */
export const MAX_VALUES_BYTES = 1_000_000;

/** Whether a condition leaves room for the rest of a statement: it may use half of each bound, and a few megabytes of lists. */
export function isWithinBounds({ texts, parameters }: Fragment): boolean {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  const bytes = parameters.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
  return parameters.length <= MAX_PARAMETERS / 2 && length <= MAX_STATEMENT_LENGTH / 2 && bytes <= 4 * MAX_VALUES_BYTES;
}

/** Whether a list of texts is short enough for a condition. */
export function isShortList(texts: readonly string[]): boolean {
  let bytes = 0;
  for (const text of texts) bytes += text.length + 3;
  return bytes <= MAX_VALUES_BYTES;
}
