import { OLD } from '../../sql/step-1.js';
import { KIND, LEARNERS, openCompany } from './company.js';
import { open, type TestDatabase } from './test-database.js';

/** The reports of a process with the library of step 1: each operation, and the error that ends it. */
export type Report = { readonly done: 'edit' | 'notice'; readonly took: number } | { readonly failed: string };

const { database }: { readonly database: TestDatabase } = JSON.parse(process.argv[2]!);
const report = (what: Report): void => void process.send!(what);
const { driver, end } = open(database, OLD);
const { library, repositories } = openCompany(OLD, driver, database.prefix);
const link = { id: 'Bath/c4', segmentId: 'Bath', courseId: 'c4' };

/** Links or unlinks a course for people of Bath, or moves a few people and reports them. */
async function operate(n: number): Promise<'edit' | 'notice'> {
  if (n % 4 === 0) {
    const { links } = await repositories.catalog.load();
    const isLinked = links.some(({ id }) => id === link.id);
    await library.apply(isLinked ? { type: 'unlink', linkId: link.id } : { type: 'link', link });
    return 'edit';
  }
  const ids = [1, 2, 3].map((i) => String(1 + ((n * 7_919 * i) % LEARNERS)));
  const site = ['Bath', 'Leeds', 'York'][n % 3];
  await driver.query(`UPDATE ${database.prefix}${KIND}_users SET site = '${site}' WHERE id IN (${ids.join()})`);
  await library.learnersChanged(ids);
  return 'notice';
}

try {
  for (let n = 0; process.connected; n++) {
    const began = performance.now();
    report({ done: await operate(n), took: performance.now() - began });
  }
} catch (error) {
  const { message, cause } = error as Error;
  report({ failed: `${message} ${cause instanceof Error ? cause.message : ''}` });
}
await end();
if (process.connected) process.disconnect();
