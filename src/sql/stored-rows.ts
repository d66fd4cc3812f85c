import type { SqlDriver } from './driver.js';
import type { HostRefs } from './host-refs.js';
import type { WrittenLearner } from './written-learner.js';

/** The column that says which of the given learners a row is. */
export const POSITION = 'smart_enrolments_position';

/**
 * Writes learners into tables with the host's columns and types, and calls `read`, which reads them from there as from the host's tables.
 * Rejects if the database refuses a value.
 */
export type StoredRows = <T>(
  written: readonly WrittenLearner[],
  read: (db: SqlDriver, given: HostRefs) => Promise<T>,
) => Promise<T>;
