import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Holdings } from '../../../src/index.js';
import { readable } from '../../../src/testkit/readable.js';
import { OLD } from '../../sql/step-1.js';
import { NEW } from '../../sql/this-library.js';
import { type Written, watched } from '../../sql/watched.js';
import { startChild } from './child.js';
import { dropCompany, KIND, LEARNERS, makeCompany, openCompany } from './company.js';
import type { Kill } from './migrate-worker.js';
import { stores } from './stores.js';
import { tablesText } from './tables-text.js';
import { open } from './test-database.js';

const KILLS = 10;

for (const { name, missing, database, remove } of stores()) {
  describe.skipIf(missing !== '')(`migrate is killed on ${name} ${missing}`, () => {
    const { driver, end } = missing === '' ? open(database, NEW) : { driver: undefined!, end: async () => undefined };
    const undisturbed = `${database.prefix}u_`;
    beforeAll(async () => {
      for (const prefix of [database.prefix, undisturbed]) await makeCompany(driver, prefix);
    });
    afterAll(async () => {
      for (const prefix of [database.prefix, undisturbed]) await dropCompany(driver, prefix);
      await end();
      remove();
    });

    test(`migrate that is killed at ${KILLS} places, one after another, ends as if it had never been killed`, async () => {
      const before = await holdings(openCompany(OLD, driver, database.prefix));
      const transactions: (readonly Written[])[] = [];
      const recording = watched(driver, { onCommit: (statements) => void transactions.push(statements) });
      const started = Date.now();
      await NEW.migrate(recording, { prefix: `${undisturbed}${KIND}_se_`, learnerIds: KIND });
      const took = Date.now() - started;

      for (const kill of kills(transactions)) {
        const child = startChild('migrate-worker.ts', { database, kill });
        expect(await once(child, 'exit'), `${kill.when}: ${kill.statement}`).toEqual([null, 'SIGKILL']);
      }
      const again = Date.now();
      await NEW.migrate(driver, { prefix: `${database.prefix}${KIND}_se_`, learnerIds: KIND });
      console.log(
        `${name}: ${LEARNERS} learners migrated in ${took} ms, in ${transactions.length} transactions; after ${KILLS} kills the rest took ${Date.now() - again} ms`,
      );

      expect(await tablesText(driver, database.prefix)).toBe(await tablesText(driver, undisturbed));
      // All except the removed link.
      const [unfilled] = await driver.query(
        `SELECT COUNT(*) AS count FROM ${database.prefix}${KIND}_se_pairs WHERE segment_id = ''`,
      );
      expect(Number(unfilled!.count)).toBe(1);
      const company = openCompany(NEW, driver, database.prefix);
      // Compared one by one: a difference of that size would take minutes to print.
      const after = await holdings(company);
      expect([before.size, after.size]).toEqual([LEARNERS, LEARNERS]);
      expect([...before].find(([id, held]) => after.get(id) !== held)).toBeUndefined();
      const { summary } = await company.library.settle();
      // The people of Bath who still held c2, and all 400 for c3.
      expect(summary.learners).toBe(641);
      expect((await company.library.reconcile()).summary.learners).toBe(0);
    }, 180_000);

    /** Ten places, spread over the whole migration: after the first statement of one transaction, after the end of the next, and so on. */
    function kills(transactions: readonly (readonly Written[])[]): Kill[] {
      const at = (i: number): Kill => {
        const statements = transactions[Math.floor((i * transactions.length) / KILLS)]!;
        const inTransaction = i % 2 === 0;
        const statement = (inTransaction ? statements[0] : statements.at(-1))!.replaceAll(undisturbed, database.prefix);
        return { statement, when: inTransaction ? 'statement' : 'commit' };
      };
      return Array.from({ length: KILLS }, (_, i) => at(i));
    }
  });
}

/** The courses and links that a learner holds; the library of step 1 has no segments in assignments. */
function pairsOf({ assignments }: Holdings): string {
  return JSON.stringify(assignments.map(({ courseId, linkId }) => [courseId, linkId]));
}

/** All assignments by learner. */
async function holdings({ repositories }: ReturnType<typeof openCompany>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let after: string | undefined; ; ) {
    const page = await repositories.enrolments.holders({ limit: 5_000, ...(after !== undefined && { after }) });
    if (page.length === 0) return found;
    for (const row of readable(await repositories.enrolments.read(page))) found.set(row.learnerId, pairsOf(row));
    after = page.at(-1);
  }
}
