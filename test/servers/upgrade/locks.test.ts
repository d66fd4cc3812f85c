import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { SqlDriver } from '../../../src/sql/index.js';
import { TABLES } from '../../../src/sql/statement/tables.js';
import { contentsOf, expectedContents, KINDS, openStep1, step1Statements, upgraded } from '../../sql/step-1.js';
import { NEW } from '../../sql/this-library.js';
import { peer } from '../peer.js';
import { DATABASE, POSTGRES } from '../servers.js';
import { stores } from './stores.js';
import { open } from './test-database.js';

for (const { name, missing, database } of stores().filter((store) => store.database.dialect !== 'sqlite')) {
  describe.skipIf(missing !== '')(`locks of an upgrade on ${name} ${missing}`, () => {
    const { prefix } = database;
    const { driver, end } = missing === '' ? open(database, NEW) : { driver: undefined!, end: async () => undefined };
    beforeAll(async () => {
      for (const statement of step1Statements(database.dialect, prefix)) await driver.query(statement);
    });
    afterAll(async () => {
      await dropAll(driver, prefix);
      await end();
    });

    test('a transaction that stays open delays migrate, and no other transaction waits behind migrate', async () => {
      const failed = { times: 0 };
      const counted: SqlDriver = { ...driver, transaction: (work) => counting(failed, driver.transaction(work)) };
      const read = `SELECT course_id FROM ${prefix}text_se_links`;
      let isDone = false;
      const migrated = await driver.transaction(async (tx) => {
        await tx.query(read);
        const started = NEW.migrate(counted, { prefix: `${prefix}text_se_` }).then(() => {
          isDone = true;
        });
        while (failed.times < 3) await Promise.race([driver.query(read), started]);
        expect(isDone).toBe(false);
        return { started };
      });
      await migrated.started;
      expect(await contentsOf(openStep1(NEW, driver, prefix, 'text', 'two'))).toEqual(
        upgraded(expectedContents().text!.two!),
      );
    });
  });
}

const missing = inject('missing').postgres;

describe.skipIf(missing !== '')(`row-level security during an upgrade on PostgreSQL ${missing}`, () => {
  const database = { dialect: 'postgres', prefix: `rls${process.pid}_` } as const;
  const { prefix } = database;
  const role = `smart_enrolments_upgrade_${process.pid}`;
  const admin = missing === '' ? open(database, NEW) : undefined!;
  const pool =
    missing === '' ? new (peer('pg').Pool)({ ...POSTGRES, database: DATABASE, options: `-c role=${role}` }) : undefined;
  beforeAll(async () => {
    const { driver } = admin;
    for (const statement of step1Statements('postgres', prefix)) await driver.query(statement);
    await driver.query(`CREATE ROLE ${role}`);
    await driver.query(`GRANT ALL ON SCHEMA public TO ${role}`);
    for (const name of ['schema', 'catalog', 'segments', 'links', 'unsettled', 'learners', 'pairs'])
      await driver.query(`ALTER TABLE ${prefix}text_se_${name} OWNER TO ${role}`);
    for (const policy of ['ENABLE', 'FORCE'])
      await driver.query(`ALTER TABLE ${prefix}text_se_unsettled ${policy} ROW LEVEL SECURITY`);
  });
  afterAll(async () => {
    await pool.end();
    await dropAll(admin.driver, prefix);
    await admin.driver.query(`DROP OWNED BY ${role}`);
    await admin.driver.query(`DROP ROLE ${role}`);
    await admin.end();
  });

  test('migrate rejects before it loses rows that its role cannot see, and continues as a role that can', async () => {
    const options = { prefix: `${prefix}text_se_` };
    await expect(NEW.migrate(NEW.fromPg(pool), options)).rejects.toThrow(/row-level security/u);
    await NEW.migrate(admin.driver, options);
    for (const tenant of ['one', 'two', 'three'])
      expect(await contentsOf(openStep1(NEW, admin.driver, prefix, 'text', tenant))).toEqual(
        upgraded(expectedContents().text![tenant]!),
      );
  });
});

/** Counts how often something fails. */
async function counting<T>(failed: { times: number }, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    failed.times++;
    throw error;
  }
}

async function dropAll(driver: SqlDriver, prefix: string): Promise<void> {
  for (const kind of KINDS) {
    for (const name of [
      'users',
      'courses',
      ...[...TABLES, 'unsettled', 'unsettled_moved'].map((table) => `se_${table}`),
    ])
      await driver.query(`DROP TABLE IF EXISTS ${prefix}${kind}_${name}`);
  }
}
