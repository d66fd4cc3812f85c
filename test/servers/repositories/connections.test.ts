import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments, linkCourses } from '../../../src/index.js';
import { type HostTables, migrate, type SqlDriver } from '../../../src/sql/index.js';
import { dropLms, openLms } from '../../sql/lms.js';
import { makeCompany, openCompany } from './company.js';
import { connect } from './connect.js';
import { sharedServers } from './shared-servers.js';
import { checkSound, prior } from './sound.js';

/** Returns the message of the library's error and of its cause. */
async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('Nothing was thrown.'),
    (thrown: Error) => thrown,
  );
  return `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`;
}

for (const { name, missing, database } of sharedServers()) {
  const { dialect, prefix } = database;
  describe.skipIf(missing !== '')(`${name} in trouble ${missing}`, () => {
    const { driver, end } = missing === '' ? connect(database) : { driver: undefined!, end: async () => undefined };
    beforeAll(() => makeCompany(driver, prefix, 200));
    afterAll(async () => {
      await dropLms(driver, prefix);
      await end();
    });
    const libraryOver = (db: SqlDriver, onWrite: NonNullable<HostTables['onWrite']>) =>
      createSmartEnrolments(openLms(db, prefix, (tables) => ({ ...tables, onWrite })).repositories, { batchSize: 25 });

    test('an edit whose connection drops rejects with an error that reports it, and settle finishes the edit', async () => {
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
      expect(await messageOf(library.apply(linkCourses('York', ['c2'])))).toMatch(/connection was lost/u);
      const { library: next, repositories } = openCompany(driver, prefix);
      expect((await repositories.catalog.load()).unsettled).toHaveLength(1);
      const { summary } = await next.settle();
      // The batch whose connection dropped, and the last one unless it ran concurrently.
      expect([25, 50]).toContain(summary.learners);
      await checkSound(driver, prefix, before);
    });

    test('operations on a pool of one connection wait for it in turn', async () => {
      const before = await prior(driver, prefix);
      const one = connect(database, dialect === 'postgres' ? { max: 1 } : { connectionLimit: 1 });
      const { library } = openCompany(one.driver, prefix);
      const notices = Array.from({ length: 8 }, (_, i) => library.learnersChanged([`u${i}`, `u${i + 1}`]));
      await Promise.all([library.apply(linkCourses('Leeds', ['c3'])), ...notices]);
      await one.end();
      await checkSound(driver, prefix, before);
    });

    test('an operation on a pool whose only connection is not released rejects with an error that reports it, if the pool has a limit', async () => {
      const limited =
        dialect === 'postgres'
          ? { max: 1, connectionTimeoutMillis: 200 }
          : { connectionLimit: 1, waitForConnections: false };
      const one = connect(database, limited);
      const { library } = openCompany(one.driver, prefix);
      await one.driver.transaction(async (tx) => {
        await tx.query('SELECT 1');
        expect(await messageOf(library.learnersChanged(['u1']))).toMatch(/waiting for a connection from the pool/u);
      });
      // The same if the host's own function uses the pool instead of the transaction that it receives: its error is not changed.
      const usingPool = libraryOver(one.driver, async () => void (await one.driver.query('SELECT 1')));
      expect(await messageOf(usingPool.apply(linkCourses('all', ['c3'])))).toMatch(
        /timeout exceeded|No connections available/u,
      );
      await openCompany(driver, prefix).library.settle();
      await one.end();
    });

    test('writes on a read-only connection reject with an error that reports it, and nothing is changed', async () => {
      const before = await openCompany(driver, prefix).repositories.catalog.load();
      const only = connect(
        database,
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
        expect(await messageOf(work())).toMatch(/not for a replica|read.only/iu);
      expect(await openCompany(driver, prefix).repositories.catalog.load()).toEqual(before);
      await only.end();
    });

    test.each([
      ['of the library', 'se_learners'],
      ['of the library, which every operation reads first', 'se_schema'],
      ['of the host', 'users'],
      ['of the host, to which its own functions write', 'training'],
    ])('the error for a missing table %s advises what to do', async (_, table) => {
      const rename = (from: string, to: string) =>
        driver.query(`ALTER TABLE ${prefix}${from} RENAME TO ${prefix}${to}`);
      await rename(table, 'away');
      const { library } = openCompany(driver, prefix);
      const found = await messageOf(library.learnersChanged(['u1']));
      await rename('away', table);
      expect(found).toMatch(/A table is missing\. Run migrate\(driver/u);
    });
  });
}
