import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NEW } from '../../sql/this-library.js';
import { watched } from '../../sql/watched.js';
import { startChild } from './child.js';
import { dropCompany, KIND, makeCompany, openCompany } from './company.js';
import type { Report } from './old-worker.js';
import { stores } from './stores.js';
import { open } from './test-database.js';

for (const { name, missing, database, remove } of stores()) {
  describe.skipIf(missing !== '')(`a process of step 1 works during an upgrade on ${name} ${missing}`, () => {
    const { driver, end } = missing === '' ? open(database, NEW) : { driver: undefined!, end: async () => undefined };
    beforeAll(() => makeCompany(driver, database.prefix));
    afterAll(async () => {
      await dropCompany(driver, database.prefix);
      await end();
      remove();
    });

    test('a process of step 1 works until step 3, which rejects it with both versions; then this library settles what it left', async () => {
      const old = new Reports(startChild('old-worker.ts', { database }));
      await old.next(8);
      old.longest = 0;
      const during = watched(driver, {
        // Step 2 is complete, and its new columns are there.
        onCommit: (statements) => (statements.at(-1)!.includes('"step":2,"oldestWriter":1') ? old.next(12) : undefined),
      });
      await NEW.migrate(during, { prefix: `${database.prefix}${KIND}_se_`, learnerIds: KIND });
      expect(await old.failure).toMatch(/stamp|unsettled/u);
      const { edits, notices, longest } = old;
      expect(edits).toBeGreaterThanOrEqual(5);
      expect(notices).toBeGreaterThanOrEqual(15);
      console.log(
        `${name}: ${edits} edits and ${notices} notices of step 1; the longest notice during the upgrade took ${Math.round(longest)} ms`,
      );

      const restarted = new Reports(startChild('old-worker.ts', { database }));
      expect(await restarted.failure).toContain(
        'The tables are of version 2, not 1: run migrate(driver) of this version of the library.',
      );

      const { library, repositories } = openCompany(NEW, driver, database.prefix);
      await library.settle();
      expect((await repositories.catalog.load()).unsettled).toEqual([]);
      // Its last notice may have failed after it had changed the learners.
      expect((await library.reconcile()).summary.learners).toBeLessThanOrEqual(3);
    }, 180_000);
  });
}

/** The reports of a process. */
class Reports {
  edits = 0;
  notices = 0;
  longest = 0;
  readonly failure: Promise<string>;
  readonly #process: ChildProcess;
  #failed: string | undefined;

  constructor(process: ChildProcess) {
    this.#process = process;
    this.failure = new Promise((resolve, reject) => {
      process.once('exit', () => reject(new Error('The process ended without an error of its own.')));
      process.on('message', (report: Report) => {
        if ('failed' in report) {
          this.#failed = report.failed;
          resolve(report.failed);
          return;
        }
        if (report.done === 'edit') {
          this.edits++;
          return;
        }
        this.notices++;
        this.longest = Math.max(this.longest, report.took);
      });
    });
    this.failure.catch(() => undefined);
  }

  /** Resolves after so many more operations have succeeded; rejects if one fails. */
  next(count: number): Promise<void> {
    if (this.#failed !== undefined) return Promise.reject(new Error(this.#failed));
    return new Promise((resolve, reject) => {
      let left = count;
      const listen = (report: Report): void => {
        if ('failed' in report) reject(new Error(report.failed));
        else if (--left > 0) return;
        else resolve();
        this.#process.off('message', listen);
      };
      this.#process.on('message', listen);
      this.failure.then(undefined, reject);
    });
  }
}
