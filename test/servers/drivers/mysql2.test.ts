import { describe, expect, inject, test } from 'vitest';
import { fromMysql2 } from '../../../src/sql/drivers/mysql2.js';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import { peer } from '../peer.js';
import { mariadbOptions, onMariadb } from './on-mariadb.js';

onMariadb(
  'fromMysql2, on mysql2',
  'case_mysql2',
  async () => {
    const pool = peer('mysql2/promise').createPool(mariadbOptions);
    return {
      driver: fromMysql2(pool),
      async inHosts(work) {
        const connection = await pool.getConnection();
        try {
          await connection.beginTransaction();
          await work(fromMysql2(connection));
          await connection.commit();
        } catch (error) {
          await connection.rollback();
          throw error;
        } finally {
          connection.release();
        }
      },
      async mistaken(work) {
        const connection = await pool.getConnection();
        await work(fromMysql2(connection)).finally(() => connection.release());
      },
      close: () => pool.end(),
    };
  },
  { mistakable: true },
);

describe('fromMysql2', () => {
  test('fromMysql2 rejects a client with callbacks, and the error names what to pass', async () => {
    const pool = peer('mysql2').createPool(mariadbOptions);
    expect(() => fromMysql2(pool)).toThrow('pass .promise() of this pool or connection');
    expect(fromMysql2(pool.promise()).dialect).toBe('mysql');
    await pool.promise().end();
  });
});

describe.skipIf(inject('missing').mariadb)('fromMysql2, when a deadlock is broken', () => {
  test('a transaction that was rolled back as a whole is never committed in part', async () => {
    const pool = peer('mysql2/promise').createPool(mariadbOptions);
    const driver = fromMysql2(pool);
    await driver.query('DROP TABLE IF EXISTS case_deadlock');
    await driver.query('CREATE TABLE case_deadlock (id integer PRIMARY KEY, n integer)');
    await driver.query('INSERT INTO case_deadlock VALUES (1, 0), (2, 0)');
    const add = (id: number) => (tx: SqlDriver) => tx.query('UPDATE case_deadlock SET n = n + 1 WHERE id = ?', [id]);
    let arrived = 0;
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    // Each locks one row before it requests the other's, in a savepoint, and continues whatever happens.
    const work = (first: number, second: number) => async (tx: SqlDriver) => {
      await add(first)(tx);
      if (++arrived === 2) meet();
      await met;
      await tx.transaction(add(second)).catch(() => undefined);
      await tx.query('INSERT INTO case_deadlock VALUES (?, 0)', [first + 10]).catch(() => undefined);
    };
    const ended = await Promise.allSettled([driver.transaction(work(1, 2)), driver.transaction(work(2, 1))]);
    const refused = ended.find((each) => each.status === 'rejected');
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(refused?.reason).toMatchObject({ errno: 1213 });
    const rows = await driver.query<{ id: number; n: number }>('SELECT id, n FROM case_deadlock ORDER BY id');
    expect(rows.map(({ n }) => n)).toEqual([1, 1, 0]);
    await driver.query('DROP TABLE case_deadlock');
    await pool.end();
  });
});
