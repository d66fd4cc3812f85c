import type { SqlDriver } from './driver.js';
import type { HostRefs } from './host-refs.js';
import type { WrittenLearner } from './written-learner.js';

/** The column that says which of the given learners a row is. */
export const POSITION = 'smart_enrolments_position';

/**
 * Lets these learners be read by `read` as if they were the rows of the host's tables: from tables of the same names and types of columns.
 * Rejects if the database refuses a value.
 */
export type StoredRows = <T>(
  written: readonly WrittenLearner[],
  read: (db: SqlDriver, given: HostRefs) => Promise<T>,
) => Promise<T>;
