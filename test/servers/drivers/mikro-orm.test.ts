import { describe, expect, inject, test } from 'vitest';
import { fromMikroOrm } from '../../../src/sql/drivers/mikro-orm.js';
import { HAS_MIKRO_ORM } from '../newer-node.js';
import type { ClientHarness } from './client-harness.js';
import { expectNothingOfADeadlock } from './deadlock.js';
import { onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';
import { makeMikroOrm, type OrmOptions, type ServerDialect } from './orms.js';
import { skipped } from './skipped.js';

async function harness(dialect: ServerDialect, options?: OrmOptions): Promise<ClientHarness> {
  const orm = await makeMikroOrm(dialect, options);
  return {
    driver: fromMikroOrm(orm.em),
    inHosts: (work) => orm.em.transactional((em: never) => work(fromMikroOrm(em))),
    close: () => orm.close(),
  };
}

if (HAS_MIKRO_ORM) {
  onPostgres('fromMikroOrm, on @mikro-orm/postgresql', 'case_mikro_orm', () =>
    harness('postgres', { settings: pgOptions.options }),
  );
  onMariadb('fromMikroOrm, on @mikro-orm/mariadb', 'case_mikro_orm', () => harness('mysql'));
} else skipped('fromMikroOrm', `MikroORM 7 needs Node 22.17; this is ${process.version}`);

for (const dialect of HAS_MIKRO_ORM ? (['postgres', 'mysql'] as const) : []) {
  const missing = inject('missing')[dialect === 'postgres' ? 'postgres' : 'mariadb'];
  test.skipIf(missing !== '')(
    `the driver of an EntityManager is in the host's transaction inside it, and not outside, on ${dialect} ${missing}`,
    async () => {
      const orm = await makeMikroOrm(dialect);
      const driver = fromMikroOrm(orm.em);
      await driver.query('DROP TABLE IF EXISTS case_mikro_orm_ambient');
      await driver.query('CREATE TABLE case_mikro_orm_ambient (id integer PRIMARY KEY)');
      const insert = (id: number) => `INSERT INTO case_mikro_orm_ambient VALUES (${id})`;

      expect(driver.inTransaction).toBe(false);
      const rolledBack = orm.em.transactional(async () => {
        expect([driver.inTransaction, driver.current?.().inTransaction]).toEqual([true, true]);
        await driver.query(insert(1));
        await driver.transaction((inner) => inner.query(insert(2)));
        throw new Error('The host rolls back.');
      });
      await expect(rolledBack).rejects.toThrow('The host rolls back.');
      expect(driver.inTransaction).toBe(false);
      await driver.transaction(async (tx) => {
        expect(driver.inTransaction).toBe(false);
        await tx.query(insert(3));
      });
      expect(await driver.query('SELECT id FROM case_mikro_orm_ambient')).toEqual([{ id: 3 }]);
      await driver.query('DROP TABLE case_mikro_orm_ambient');
      await orm.close();
    },
  );
}

describe('fromMikroOrm', () => {
  const em = (platform: object, connection: object) =>
    ({ getPlatform: () => platform, getConnection: () => connection, getTransactionContext: () => undefined }) as const;
  class SqlitePlatform {}
  class PostgreSqlPlatform {}

  test('fromMikroOrm rejects another database', () => {
    expect(() => fromMikroOrm(em(new SqlitePlatform(), {}))).toThrow('on PostgreSQL, MySQL or MariaDB');
  });

  test('fromMikroOrm rejects MikroORM 6, and the error names what to pass', () => {
    expect(() => fromMikroOrm(em(new PostgreSqlPlatform(), {}))).toThrow('pass em.getKnex() to fromKnex');
  });
});

test.skipIf(!HAS_MIKRO_ORM || inject('missing').mariadb)(
  'fromMikroOrm: a transaction that MariaDB rolled back because of a deadlock is never committed in part',
  async () => {
    const orm = await makeMikroOrm('mysql');
    await expectNothingOfADeadlock(fromMikroOrm(orm.em), 'case_mikro_orm_deadlock');
    await orm.close();
  },
);
