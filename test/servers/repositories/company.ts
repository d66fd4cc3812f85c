import { createSmartEnrolments, linkCourses, type SmartEnrolments } from '../../../src/index.js';
import type { SqlDriver } from '../../../src/sql/index.js';
import { type Lms, makeLms, openLms } from '../../sql/lms.js';

/** A small batch, so that an edit takes many transactions. */
const BATCH = 25;
export const COURSES = ['c0', 'c1', 'c2', 'c3'];
const SITES = ['Leeds', 'York'];

/** The library over an LMS's tables. */
export function openCompany(driver: SqlDriver, prefix: string): Lms & { readonly library: SmartEnrolments } {
  const lms = openLms(driver, prefix);
  return { ...lms, library: createSmartEnrolments(lms.repositories, { batchSize: BATCH }) };
}

/** Creates a company of so many people; every fifth was enrolled on a course individually before the library was installed. */
export async function makeCompany(driver: SqlDriver, prefix: string, people: number): Promise<void> {
  await makeLms(driver, prefix);
  const { host, library } = openCompany(driver, prefix);
  await host.saveFields([{ id: 'site', type: 'text' }]);
  await host.saveCourses(COURSES.map((id) => ({ id, enrolmentMethod: 'by-assignment-only' })));
  const ids = Array.from({ length: people }, (_, i) => `u${i}`);
  await host.saveLearners(ids.map((id, i) => ({ id, profile: { site: SITES[i % 2]! } })));
  for (const [i, id] of ids.entries()) {
    if (i % 5 === 0)
      await driver.query(`INSERT INTO ${prefix}individual (user_id, course_id) VALUES ('${id}', '${COURSES[i % 4]}')`);
  }
  await library.apply([
    { type: 'saveSegment', segment: { id: 'all', title: 'All', rule: { everyone: true } } },
    ...SITES.map((site) => ({
      type: 'saveSegment' as const,
      segment: { id: site, title: site, rule: { field: 'site', op: 'equals' as const, value: site } },
    })),
    ...linkCourses('Leeds', ['c0']),
  ]);
}
