import type { SqlDriver } from '../../statement/driver.js';
import type { HostRefs } from '../refs.js';
import type { WrittenLearner } from './written-learner.js';

/** The column with a learner's position among those passed. */
export const POSITION = 'smart_enrolments_position';

/**
 * Writes learners into tables with the host's columns and types, and calls `read`, which reads them from there as from the host's tables.
 * Rejects if the database rejects a value.
 */
export type StoredRows = <T>(
  written: readonly WrittenLearner[],
  read: (db: SqlDriver, given: HostRefs) => Promise<T>,
) => Promise<T>;
