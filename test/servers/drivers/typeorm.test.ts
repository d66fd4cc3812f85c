import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, inject, test } from 'vitest';
import { isRetryable } from '../../../src/index.js';
import { fromTypeOrm } from '../../../src/sql/drivers/typeorm.js';
import { peer } from '../peer.js';
import type { ClientHarness } from './client-harness.js';
import { expectNothingOfADeadlock } from './deadlock.js';
import { onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';
import { makeTypeOrm, type OrmOptions, type ServerDialect } from './orms.js';

async function harness(dialect: ServerDialect, options?: OrmOptions): Promise<ClientHarness> {
  const dataSource = await makeTypeOrm(dialect, options);
  return {
    driver: fromTypeOrm(dataSource),
    inHosts: (work) => dataSource.transaction((manager: never) => work(fromTypeOrm(manager))),
    close: () => dataSource.destroy(),
  };
}

onPostgres('fromTypeOrm, on typeorm and pg', 'case_typeorm', () =>
  harness('postgres', { settings: pgOptions.options }),
);

onMariadb('fromTypeOrm, on typeorm and mysql2', 'case_typeorm', () => harness('mysql'));

describe.skipIf(inject('missing').postgres)('fromTypeOrm, where the DataSource finds the transaction of a call', () => {
  test("the driver of a DataSource is in the host's transaction inside it, and not outside", async () => {
    const dataSource = await makeTypeOrm('postgres');
    // As typeorm-transactional does: `manager` returns the EntityManager of the current call's transaction.
    const original = dataSource.manager;
    const managers = new AsyncLocalStorage();
    Object.defineProperty(dataSource, 'manager', { get: () => managers.getStore() ?? original });
    const driver = fromTypeOrm(dataSource);
    await driver.query('DROP TABLE IF EXISTS case_typeorm_ambient');
    await driver.query('CREATE TABLE case_typeorm_ambient (id integer PRIMARY KEY)');
    const insert = (id: number) => driver.query('INSERT INTO case_typeorm_ambient VALUES ($1)', [id]);

    expect(driver.inTransaction).toBe(false);
    const rolledBack = original.transaction((manager: unknown) =>
      managers.run(manager, async () => {
        expect([driver.inTransaction, driver.current?.().inTransaction]).toEqual([true, true]);
        await insert(1);
        await driver.transaction((inner) => inner.query('INSERT INTO case_typeorm_ambient VALUES (2)'));
        throw new Error('The host rolls back.');
      }),
    );
    await expect(rolledBack).rejects.toThrow('The host rolls back.');
    expect(driver.inTransaction).toBe(false);
    await insert(3);
    expect(await driver.query('SELECT id FROM case_typeorm_ambient')).toEqual([{ id: 3 }]);
    await driver.query('DROP TABLE case_typeorm_ambient');
    await dataSource.destroy();
  });

  test('a transaction that a subscriber fails after its beginning is rolled back before its connection returns to the pool', async () => {
    const dataSource = await makeTypeOrm('postgres', { max: 1 });
    const failing = { afterTransactionStart: () => Promise.reject(new Error('The subscriber failed.')) };
    dataSource.subscribers.push(failing);
    const driver = fromTypeOrm(dataSource);
    await expect(driver.transaction((tx) => tx.query('SELECT 1'))).rejects.toThrow('The subscriber failed.');
    dataSource.subscribers.pop();
    const state = 'SELECT state FROM pg_stat_activity WHERE pid = pg_backend_pid() AND xact_start < query_start';
    expect(await dataSource.query(state)).toEqual([]);
    await dataSource.destroy();
  });

  test('a connection that was lost before the next statement of a transaction is reported as lost', async () => {
    const dataSource = await makeTypeOrm('postgres');
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    const tx = fromTypeOrm(runner.manager);
    const [own] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await dataSource.query('SELECT pg_terminate_backend($1)', [own!.pid]);
    await expect.poll(() => runner.isReleased).toBe(true);
    const error = await tx.query('SELECT 1').catch((thrown: unknown) => thrown);
    expect(String((error as Error).message)).toBe('Connection terminated in an open transaction.');
    expect(isRetryable(error)).toBe(true);
    await dataSource.destroy();
  });

  test('fromTypeOrm rejects SQLite, whose one connection TypeORM shares between transactions, and names what to pass', async () => {
    const dataSource = new (peer('typeorm').DataSource)({ type: 'better-sqlite3', database: ':memory:' });
    expect(() => fromTypeOrm(dataSource)).toThrow('fromBetterSqlite3(dataSource.driver.databaseConnection)');
  });
});

test.skipIf(inject('missing').mariadb)(
  'fromTypeOrm: a transaction that MariaDB rolled back because of a deadlock is never committed in part',
  async () => {
    const dataSource = await makeTypeOrm('mysql');
    await expectNothingOfADeadlock(fromTypeOrm(dataSource), 'case_typeorm_deadlock');
    await dataSource.destroy();
  },
);
