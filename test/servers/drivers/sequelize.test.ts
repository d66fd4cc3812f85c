import { describe, expect, inject, test } from 'vitest';
import { isRetryable } from '../../../src/index.js';
import { fromSequelize } from '../../../src/sql/drivers/sequelize.js';
import { peer } from '../peer.js';
import type { ClientHarness } from './client-harness.js';
import { expectNothingOfADeadlock } from './deadlock.js';
import { onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';
import { clsNamespace, makeSequelize, type OrmOptions, type ServerDialect } from './orms.js';

async function harness(dialect: ServerDialect, options?: OrmOptions): Promise<ClientHarness> {
  const sequelize = makeSequelize(dialect, options);
  return {
    driver: fromSequelize(sequelize),
    inHosts: (work) => sequelize.transaction((transaction: never) => work(fromSequelize(sequelize, { transaction }))),
    close: () => sequelize.close(),
  };
}

onPostgres('fromSequelize, on sequelize and pg', 'case_sequelize', () =>
  harness('postgres', { settings: pgOptions.options }),
);

onMariadb('fromSequelize, on sequelize and mysql2', 'case_sequelize', () => harness('mysql'));

/** Runs a test where Sequelize has a namespace for the transaction of each call. */
async function withNamespace(run: () => Promise<void>): Promise<void> {
  const { Sequelize } = peer('sequelize');
  Sequelize.useCLS(clsNamespace());
  try {
    await run();
  } finally {
    delete Sequelize._cls;
  }
}

const dollar = (n: number): string => `$${n}`;

for (const dialect of ['postgres', 'mysql'] as const) {
  const missing = inject('missing')[dialect === 'postgres' ? 'postgres' : 'mariadb'];
  const mark = dialect === 'postgres' ? dollar : () => '?';
  describe.skipIf(missing !== '')(`fromSequelize, on ${dialect} ${missing}`, () => {
    test("with Sequelize.useCLS, the driver is in the host's transaction inside it, and not outside", () =>
      withNamespace(async () => {
        const sequelize = makeSequelize(dialect);
        const other = makeSequelize(dialect);
        const driver = fromSequelize(sequelize);
        await driver.query('DROP TABLE IF EXISTS case_sequelize_ambient');
        await driver.query('CREATE TABLE case_sequelize_ambient (id integer PRIMARY KEY)');
        const text = `INSERT INTO case_sequelize_ambient VALUES (${mark(1)})`;

        expect(driver.inTransaction).toBe(false);
        const rolledBack = sequelize.transaction(async () => {
          expect([driver.inTransaction, driver.current?.().inTransaction]).toEqual([true, true]);
          expect(fromSequelize(other).inTransaction).toBe(false);
          await driver.query(text, [1]);
          await driver.transaction((inner) => inner.query(text, [2]));
          throw new Error('The host rolls back.');
        });
        await expect(rolledBack).rejects.toThrow('The host rolls back.');
        expect(driver.inTransaction).toBe(false);

        // A transaction of the library is not that of the call.
        await driver.transaction(async (tx) => {
          expect(driver.inTransaction).toBe(false);
          await tx.query(text, [3]);
          expect(await driver.query('SELECT id FROM case_sequelize_ambient')).toEqual([]);
        });
        expect(await driver.query('SELECT id FROM case_sequelize_ambient')).toEqual([{ id: 3 }]);
        await driver.query('DROP TABLE case_sequelize_ambient');
        await Promise.all([sequelize.close(), other.close()]);
      }));

    test('strings and comments may contain what Sequelize takes for placeholders', async () => {
      const sequelize = makeSequelize(dialect);
      const driver = fromSequelize(sequelize);
      const literal = 'a ? $1 $2 $$ $$$ x$1 x$$1 $tag$ :name ?? $a$$b';
      const rows = await driver.query(`SELECT '${literal}' AS t, CAST(${mark(1)} AS CHAR(9)) AS j -- ? $1 $x :y`, [
        'v',
      ]);
      expect(rows).toEqual([{ t: literal, j: expect.stringMatching(/^v *$/u) }]);
      expect(await driver.query(`SELECT '${literal}' AS t`)).toEqual([{ t: literal }]);
      await sequelize.close();
    });

    test('statements whose result Sequelize changes resolve with their rows', async () => {
      const sequelize = makeSequelize(dialect);
      const driver = fromSequelize(sequelize);
      const text = "SELECT table_name FROM information_schema.tables WHERE table_name = 'columns'";
      const [row] = await driver.query<Record<string, string>>(text);
      expect(Object.keys(row ?? {}).map((key) => key.toLowerCase())).toEqual(['table_name']);
      const show = dialect === 'postgres' ? 'SHOW server_version_num' : "SHOW VARIABLES LIKE 'version'";
      expect(await driver.query(show)).toHaveLength(1);
      await sequelize.close();
    });
  });
}

describe.skipIf(inject('missing').postgres)('fromSequelize', () => {
  test('text with U+0000 is rejected on Postgres, where Sequelize would change it', async () => {
    const sequelize = makeSequelize('postgres');
    await expect(fromSequelize(sequelize).query('SELECT $1::text', ['a\0b'])).rejects.toThrow('U+0000');
    await sequelize.close();
  });

  test('a full pool is an error that a retry may help', async () => {
    const sequelize = makeSequelize('postgres', { max: 1, acquire: 50 });
    const driver = fromSequelize(sequelize);
    await driver.transaction(async () => {
      const error = await driver.query('SELECT 1').catch((thrown: unknown) => thrown);
      expect(isRetryable(error)).toBe(true);
    });
    await sequelize.close();
  });

  test('fromSequelize rejects other dialects, and the error lists those that it supports', () => {
    const sequelize = { getDialect: () => 'mssql', query() {}, transaction() {} };
    expect(() => fromSequelize(sequelize as never)).toThrow('postgres, mysql and mariadb');
  });
});

test.skipIf(inject('missing').mariadb)(
  'fromSequelize: a transaction that MariaDB rolled back because of a deadlock is never committed in part',
  async () => {
    const sequelize = makeSequelize('mysql');
    await expectNothingOfADeadlock(fromSequelize(sequelize), 'case_sequelize_deadlock');
    await sequelize.close();
  },
);
