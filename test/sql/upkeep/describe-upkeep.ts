import { describe } from 'vitest';
import type { Open } from '../reading/opened.js';
import { describeColumns } from './describe-columns.js';
import { describeEnrolments } from './describe-enrolments.js';
import { describeEqualIds } from './describe-equal-ids.js';
import { describeRows } from './describe-rows.js';
import { describeTraining } from './describe-training.js';

/** Cases of the host's tables that the library keeps. `hasIcu` is false for a Postgres without ICU collations. */
export function describeUpkeep(open: Open, hasIcu = true): void {
  describe('the table of enrolments', () => describeEnrolments(open));
  describe('its columns', () => describeColumns(open));
  describe('its rows', () => describeRows(open));
  // PGlite has no collation that treats two texts as equal.
  if (hasIcu) describe('its ids', () => describeEqualIds(open));
  describe('training records', () => describeTraining(open));
}
