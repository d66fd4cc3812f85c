import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments, linkCourses } from '../../../src/index.js';
import { type HostTables, migrate, type SqlDriver } from '../../../src/sql/index.js';
import { dropLms, openLms } from '../../sql/lms.js';
import { makeCompany, openCompany } from './company.js';
import { connect } from './connect.js';
import { places } from './places.js';
import { checkSound, prior } from './sound.js';

/** What the library throws, and what lies beneath it. */
async function said(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('Nothing was thrown.'),
    (thrown: Error) => thrown,
  );
  return `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`;
}

for (const { name, missing, place } of places()) {
  const { dialect, prefix } = place;
  describe.skipIf(missing !== '')(`${name} in trouble ${missing}`, () => {
    const { driver, end } = missing === '' ? connect(place) : { driver: undefined!, end: async () => undefined };
    beforeAll(() => makeCompany(driver, prefix, 200));
    afterAll(async () => {
      await dropLms(driver, prefix);
      await end();
    });
    const libraryOver = (db: SqlDriver, onWrite: NonNullable<HostTables['onWrite']>) =>
      createSmartEnrolments(openLms(db, prefix, (tables) => ({ ...tables, onWrite })).repositories, { batchSize: 25 });

    test('a connection that drops in the middle of an edit: the error says so, and settle finishes', async () => {
      const before = await prior(driver, prefix);
      const [me, end] =
        dialect === 'postgres'
          ? ['SELECT pg_backend_pid() AS id', (id: number) => `SELECT pg_terminate_backend(${id})`]
          : ['SELECT CONNECTION_ID() AS id', (id: number) => `KILL ${id}`];
      let batches = 0;
      const library = libraryOver(driver, async (_, tx) => {
        if (++batches !== 3) return;
        const [{ id } = { id: 0 }] = await tx.query<{ id: number }>(me);
        await driver.query(end(id));
      });
      expect(await said(library.apply(linkCourses('York', ['c2'])))).toMatch(/connection was lost/u);
      const { library: next, repositories } = openCompany(driver, prefix);
      expect((await repositories.catalog.load()).unsettled).toHaveLength(1);
      const { summary } = await next.settle();
      // The batch whose connection dropped, and the last one unless it was under way beside it.
      expect([25, 50]).toContain(summary.learners);
      await checkSound(driver, prefix, before);
    });

    test('a pool of one connection: everybody waits in turn, and gets it', async () => {
      const before = await prior(driver, prefix);
      const one = connect(place, dialect === 'postgres' ? { max: 1 } : { connectionLimit: 1 });
      const { library } = openCompany(one.driver, prefix);
      const notices = Array.from({ length: 8 }, (_, i) => library.learnersChanged([`u${i}`, `u${i + 1}`]));
      await Promise.all([library.apply(linkCourses('Leeds', ['c3'])), ...notices]);
      await one.end();
      await checkSound(driver, prefix, before);
    });

    test('a pool whose one connection does not come back: the error says so, where the pool has a limit', async () => {
      const limited =
        dialect === 'postgres'
          ? { max: 1, connectionTimeoutMillis: 200 }
          : { connectionLimit: 1, waitForConnections: false };
      const one = connect(place, limited);
      const { library } = openCompany(one.driver, prefix);
      await one.driver.transaction(async (tx) => {
        await tx.query('SELECT 1');
        expect(await said(library.learnersChanged(['u1']))).toMatch(/waiting for a connection from the pool/u);
      });
      // The same where the host's own function asks the pool, and not the transaction that it is given: its error is left as it is.
      const asking = libraryOver(one.driver, async () => void (await one.driver.query('SELECT 1')));
      expect(await said(asking.apply(linkCourses('all', ['c3'])))).toMatch(
        /timeout exceeded|No connections available/u,
      );
      await openCompany(driver, prefix).library.settle();
      await one.end();
    });

    test('a connection that only answers questions: the error says so, and nothing is changed', async () => {
      const before = await openCompany(driver, prefix).repositories.catalog.load();
      const only = connect(
        place,
        dialect === 'postgres' ? { options: '-c default_transaction_read_only=on' } : { connectionLimit: 1 },
      );
      if (dialect === 'mysql') await only.driver.query('SET SESSION TRANSACTION READ ONLY');
      const { library } = openCompany(only.driver, prefix);
      expect((await library.preview(linkCourses('all', ['c2']))).summary.learners).toBe(200);
      for (const work of [
        () => library.apply(linkCourses('all', ['c2'])),
        () => library.learnersChanged(['u1']),
        () => migrate(only.driver, { prefix: `${prefix}other_` }),
      ])
        expect(await said(work())).toMatch(/not for a replica|read.only/iu);
      expect(await openCompany(driver, prefix).repositories.catalog.load()).toEqual(before);
      await only.end();
    });

    test.each([
      ['of the library', 'se_learners'],
      ['of the library, which all begins with', 'se_schema'],
      ['of the host', 'users'],
      ['of the host, which is written to', 'training'],
    ])('a missing table %s: the error says what to do', async (_, table) => {
      const rename = (from: string, to: string) =>
        driver.query(`ALTER TABLE ${prefix}${from} RENAME TO ${prefix}${to}`);
      await rename(table, 'away');
      const { library } = openCompany(driver, prefix);
      const found = await said(library.learnersChanged(['u1']));
      await rename('away', table);
      expect(found).toMatch(/A table is missing\. Run migrate\(driver/u);
    });
  });
}
