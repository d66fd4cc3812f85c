import { describe, expect, inject, test } from 'vitest';
import { fromMysql2 } from '../../../src/sql/drivers/mysql2.js';
import { peer } from '../peer.js';
import { expectNothingOfADeadlock } from './deadlock.js';
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
    await expectNothingOfADeadlock(fromMysql2(pool), 'case_deadlock');
    await pool.end();
  });
});
