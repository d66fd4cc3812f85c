import { expect } from 'vitest';
import type { SqlDriver } from '../../../src/sql/index.js';
import { readable } from '../../../src/testkit/readable.js';
import { checkAssignments } from '../../sql/lms.js';
import { openCompany } from './company.js';

/** The stored individual enrolments, row by row. */
export async function prior(driver: SqlDriver, prefix: string): Promise<string[]> {
  const rows = await driver.query<Record<string, unknown>>(
    `SELECT no, user_id, course_id FROM ${prefix}individual ORDER BY no`,
  );
  return rows.map(({ no, user_id, course_id }) => `${no} ${user_id} ${course_id}`);
}

/**
 * Checks that nothing is left to settle, a reconcile is empty, exactly the audience of each link holds it, nothing is stored twice, and the
 * individual enrolments are the same rows as before.
 */
export async function checkSound(driver: SqlDriver, prefix: string, before: readonly string[]): Promise<void> {
  const { host, library, repositories } = openCompany(driver, prefix);
  const { unsettled, links } = await repositories.catalog.load();
  expect(unsettled).toEqual([]);
  expect((await library.reconcile()).summary.learners, 'how many a reconcile changes').toBe(0);
  const wanted: string[] = [];
  for (const learner of readable(await repositories.learners.page({ limit: 100_000 }))) {
    for (const { id, segmentId, courseId } of links) {
      if (segmentId === 'all' || segmentId === learner.profile.site) wanted.push(`${learner.id} ${courseId} ${id}`);
    }
  }
  const held = (await host.assignments()).map(
    ({ learnerId, courseId, linkId }) => `${learnerId} ${courseId} ${linkId}`,
  );
  expect(held.sort()).toEqual(wanted.sort());
  const doubled = await driver.query(
    `SELECT user_id, course_id FROM ${prefix}training WHERE archived = 0 GROUP BY user_id, course_id HAVING COUNT(*) > 1`,
  );
  expect(doubled, 'records that are there twice').toEqual([]);
  expect(await prior(driver, prefix)).toEqual(before);
  await checkAssignments(driver, prefix);
}
