import type { LearnerId } from '../../model/ids.js';
import type { Assignment } from '../../model/learner.js';
import { parse } from '../../validate/issues.js';
import { checkDriver, checkVerifyOptions } from '../check-options.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { select } from '../statement/select.js';
import { tablesOf } from '../statement/tables.js';
import { heldNumbers, listContains } from './held-numbers.js';

/** Which assignments to compare. */
export interface VerifyOptions {
  /** The same prefix as in `migrate`. Default `smart_enrolments_`. */
  readonly prefix?: string;
  /** Only those of this tenant. Default: of all tenants. */
  readonly tenant?: string;
  /** The most differences to return; at least 1. Default 100. */
  readonly limit?: number;
}

/** An assignment that is in a learner's row or in the table of assignments, but not in both. */
export interface Difference extends Assignment {
  /** The tenant whose rows these are. */
  readonly tenant: string;
  /** Who holds the assignment in one of the two places. */
  readonly learnerId: LearnerId;
  /** Where it is missing: the learner's row, on which decisions are based, or the table. */
  readonly missingIn: 'row' | 'table';
}

/**
 * Compares what learners hold in their rows with the table of assignments, and returns the differences, in no order; an empty list if they
 * agree (semantics §8). Each of its two statements reads the whole table, for a tenant or for all. Rejects with `invalid_input` for invalid
 * options, otherwise with the database's own error.
 */
export async function verify(given: SqlDriver, options: VerifyOptions = {}): Promise<readonly Difference[]> {
  parse((issues) => {
    checkDriver(given, issues);
    checkVerifyOptions(options, issues);
  });
  const db = given.current?.() ?? given;
  const { dialect } = db;
  const { tenant, limit = 100 } = options;
  const tables = tablesOf(dialect, options.prefix);
  const { table: numbers, no } = heldNumbers(dialect, raw('l.held'));
  const missingInTable = sql`SELECT l.tenant, l.learner_id, ${no} AS pair_no FROM ${tables.learners} AS l CROSS JOIN ${numbers}
    WHERE l.held <> '' AND NOT EXISTS (SELECT 1 FROM ${tables.assignments} AS a
      WHERE a.tenant = l.tenant AND a.learner_id = l.learner_id AND a.pair_no = ${no})`;
  const missingInRow = sql`SELECT a.tenant, a.learner_id, a.pair_no FROM ${tables.assignments} AS a
    WHERE NOT EXISTS (SELECT 1 FROM ${tables.learners} AS l
      WHERE l.tenant = a.tenant AND l.learner_id = a.learner_id AND ${listContains(dialect, raw('l.held'), raw('a.pair_no'))})`;
  const text = (name: string): Fragment => asText(dialect, raw(name));
  const found: Difference[] = [];
  for (const [missingIn, rows] of [
    ['table', missingInTable],
    ['row', missingInRow],
  ] as const) {
    if (found.length >= limit) break;
    const ofTenant = tenant === undefined ? raw('TRUE') : sql`d.tenant = ${tenant}`;
    const read = await select<[string, LearnerId, string | null, string | null, string | null]>(
      db,
      ['d.tenant', 'd.learner_id', 'p.course_id', 'p.link_id', 'p.segment_id'].map(text),
      sql`FROM (${rows}) AS d LEFT JOIN ${tables.pairs} AS p ON p.no = d.pair_no WHERE ${ofTenant} LIMIT ${raw(String(limit - found.length))}`,
    );
    for (const [ofTenant, learnerId, courseId, linkId, segmentId] of read)
      found.push({
        tenant: ofTenant,
        learnerId,
        courseId: courseId ?? '',
        linkId: linkId ?? '',
        segmentId: segmentId ?? '',
        missingIn,
      });
  }
  return found;
}
