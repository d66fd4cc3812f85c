import type { UnreadableHoldings, UnreadableLearner } from '../model/learner.js';

/** Returns the rows if the store could read all of them; otherwise throws. */
export function readable<Row extends object>(
  rows: readonly (Row | UnreadableLearner | UnreadableHoldings)[],
): readonly Row[] {
  return rows.map((row) => {
    if (Object.hasOwn(Object(row), 'unreadable'))
      throw new Error(`A row could not be read: ${(row as UnreadableLearner).unreadable}`);
    return row as Row;
  });
}
