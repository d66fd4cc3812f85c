import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, inject, test } from 'vitest';
import { fromPg } from '../../../src/sql/drivers/pg.js';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import { peer } from '../peer.js';
import { onPostgres, pgOptions } from './on-postgres.js';
import { inPgTransaction } from './pg-transaction.js';

onPostgres(
  'fromPg, on pg',
  'case_pg',
  async () => {
    const pool = new (peer('pg').Pool)(pgOptions);
    return {
      driver: fromPg(pool),
      inHosts: (work) => inPgTransaction(pool, work),
      async mistaken(work) {
        const client = await pool.connect();
        await work(fromPg(client)).finally(() => client.release());
        const single = new (peer('pg').Client)(pgOptions);
        await single.connect();
        await work(fromPg(single)).finally(() => single.end());
      },
      close: () => pool.end(),
    };
  },
  { mistakable: true },
);

describe.skipIf(inject('missing').postgres)('fromPg, when the server ends an idle connection', () => {
  test('the process survives a lost connection, and the client is not returned to the pool', async () => {
    const pool = new (peer('pg').Pool)(pgOptions);
    const other = new (peer('pg').Pool)(pgOptions);
    const driver = fromPg(pool);
    const ended = driver.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await fromPg(other).query('SELECT pg_terminate_backend($1)', [row!.pid]);
      await until(async () => {
        const [found] = await fromPg(other).query<{ n: string }>(
          'SELECT count(*)::text AS n FROM pg_stat_activity WHERE pid = $1',
          [row!.pid],
        );
        return found?.n === '0';
      });
    });
    await expect(ended).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
    expect(await driver.query('SELECT 1 AS j')).toEqual([{ j: 1 }]);
    await Promise.all([pool.end(), other.end()]);
  });

  test('a client is returned to the pool as usable after work that rejects', async () => {
    const pool = new (peer('pg').Pool)({ ...pgOptions, max: 1 });
    const driver = fromPg(pool);
    const pid = (tx: SqlDriver) => tx.query('SELECT pg_backend_pid() AS j');
    const before = await pid(driver);
    await expect(driver.transaction((tx) => tx.query('SELECT missing'))).rejects.toThrow();
    expect([await pid(driver), pool.idleCount]).toEqual([before, 1]);
    await pool.end();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

describe.skipIf(inject('missing').postgres)(
  'fromPg, for a proxy that finds the transaction of the current call',
  () => {
    test('a driver that was created in a transaction keeps nothing of it for a later one on the same connection', async () => {
      const pool = new (peer('pg').Pool)({ ...pgOptions, max: 1 });
      const open = new AsyncLocalStorage<object>();
      const db = new Proxy(pool, {
        get(target, key) {
          const client = open.getStore() ?? target;
          const member = Reflect.get(client, key);
          return typeof member === 'function' ? member.bind(client) : member;
        },
      });
      const inTransaction = async <T>(work: () => Promise<T>): Promise<T> => {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          return await open.run(client, work);
        } finally {
          await client.query('ROLLBACK');
          client.release();
        }
      };
      let driver!: SqlDriver;
      const first = await inTransaction(async () => {
        driver = fromPg(db);
        return driver.current!();
      });
      const second = await inTransaction(async () => {
        expect(driver.inTransaction).toBe(true);
        expect(await driver.transaction((tx) => tx.query('SELECT 1 AS j'))).toEqual([{ j: 1 }]);
        return driver.current!();
      });
      expect(second).not.toBe(first);
      await pool.end();
    });
  },
);
