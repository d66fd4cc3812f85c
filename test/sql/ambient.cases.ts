import { AsyncLocalStorage } from 'node:async_hooks';
import type { PGlite, Transaction } from '@electric-sql/pglite';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments, linkCourses, type SmartEnrolments, saveSegment } from '../../src/index.js';
import {
  createSqlEnrolments,
  createSqlRepositories,
  fromPglite,
  migrate,
  type SqlDriver,
  sqlHost,
} from '../../src/sql/index.js';
import { makeLms } from './lms.js';
import { lmsTables } from './lms-tables.js';
import { pgliteClient } from './pglite-world.js';

const open = new AsyncLocalStorage<Transaction>();
const host = sqlHost({ ...lmsTables('amb_'), fields: [{ id: 'site', type: 'text' }] });
const segment = saveSegment({ id: 's', title: 'S', rule: { everyone: true } });
const undo = new Error('undo');
let client: PGlite;
/** The database, or the transaction that is open in the current call: as a host's proxy does it. */
let ambient: PGlite;
let driver: SqlDriver;

beforeAll(async () => {
  client = await pgliteClient();
  ambient = new Proxy(client, {
    get(target, key) {
      const tx = open.getStore();
      if (tx) return Reflect.get(tx, key);
      const member = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  driver = fromPglite(ambient);
  await makeLms(driver, 'amb_');
  await driver.query(`INSERT INTO amb_courses (id, method) VALUES ('c', 'by-assignment-only')`);
  await driver.query(
    `INSERT INTO amb_users (id, active, profile) SELECT 'u' || n, 1, '{}' FROM generate_series(1, 3500) n`,
  );
});

/** Runs work in a transaction of the host's that the proxy finds, and rolls it back. */
async function inAmbient(work: () => Promise<void>): Promise<void> {
  const running = client.transaction((tx) =>
    open.run(tx, async () => {
      await work();
      throw undo;
    }),
  );
  await expect(running).rejects.toBe(undo);
}

const settings = async (): Promise<unknown> => {
  const names = ['synchronous_commit', 'lock_timeout', 'statement_timeout', 'row_security'];
  const items = names.map((name) => `current_setting('${name}') AS ${name}`);
  return (await driver.query(`SELECT ${items.join(', ')}`))[0];
};

const enrolled = async (all: SmartEnrolments): Promise<boolean> => (await all.explain('u3500', 'c')).enrolled;

describe('a client that is a proxy over AsyncLocalStorage', () => {
  test('the driver is in a transaction only while one is open in the current call', async () => {
    expect(driver.inTransaction).toBe(false);
    await inAmbient(async () => {
      expect(driver.inTransaction).toBe(true);
      expect(fromPglite(ambient).inTransaction).toBe(true);
    });
    expect(driver.inTransaction).toBe(false);
  });

  test("linking 3,500 people joins the host's transaction, rolls back with it, and leaves its settings", async () => {
    const all = createSmartEnrolments(createSqlRepositories({ driver, host, prefix: 'amb_se_' }));
    await inAmbient(async () => {
      const before = await settings();
      const { summary } = await all.apply([segment, ...linkCourses('s', ['c'])]);
      expect(summary.enrolled).toBe(3_500);
      expect(await enrolled(all)).toBe(true);
      await all.learnersChanged(['u1']);
      expect(await settings()).toEqual(before);
    });
    expect(await enrolled(all)).toBe(false);
    const { summary } = await all.apply([segment, ...linkCourses('s', ['c'])]);
    expect(summary.enrolled).toBe(3_500);
    expect(await enrolled(all)).toBe(true);
  });

  test("migrate joins the host's transaction", async () => {
    await inAmbient(async () => {
      await migrate(driver, { prefix: 'amb2_' });
      expect(await driver.query(`SELECT 1 FROM amb2_schema`)).toHaveLength(1);
    });
    await expect(driver.query(`SELECT 1 FROM amb2_schema`)).rejects.toMatchObject({ code: '42P01' });
  });

  test('two operations in one transaction take turns', async () => {
    const all = createSmartEnrolments(createSqlRepositories({ driver, host, prefix: 'amb_se_' }));
    await inAmbient(async () => {
      await driver.query(`UPDATE amb_users SET active = 0 WHERE id IN ('u1', 'u2')`);
      await Promise.all([all.learnersChanged(['u1']), all.learnersChanged(['u2'])]);
    });
  });

  test("a copy of the repositories joins the host's transaction", async () => {
    const repositories = { ...createSqlRepositories({ driver, host, prefix: 'amb_se_' }), concurrency: 1 };
    const all = createSmartEnrolments(repositories);
    const { revision } = await repositories.catalog.load();
    await inAmbient(async () => {
      await all.apply(saveSegment({ id: 'copied', rule: null }));
      expect((await repositories.catalog.load()).revision).toBe(revision + 1);
    });
    expect((await repositories.catalog.load()).revision).toBe(revision);
  });

  test('one operation may lock at most as many learners as the option says', async () => {
    const few = createSmartEnrolments(
      createSqlRepositories({ driver, host, prefix: 'amb_se_', mostLockedByHost: 15 }),
      { batchSize: 10 },
    );
    const ids = Array.from({ length: 30 }, (_, i) => `u${100 + i}`);
    await inAmbient(async () => {
      await few.learnersChanged(ids.slice(0, 15));
      await few.learnersChanged(ids.slice(15));
      await expect(few.learnersChanged(ids)).rejects.toMatchObject({
        cause: { message: expect.stringContaining('more than 15 learners') },
      });
    });
  });

  test('what within returned is rejected once the transaction has ended, and changes nothing', async () => {
    const all = createSqlEnrolments({ driver, host, prefix: 'amb_se_' });
    let inside: SmartEnrolments | undefined;
    await inAmbient(async () => {
      inside = all.within(driver);
      await inside.learnersChanged(['u1']);
    });
    await expect(inside!.learnersChanged(['u1'])).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining("The host's transaction has ended"),
    });
  });

  test("a driver that sets the tenant in each transaction keeps the settings of the host's", async () => {
    const forTenant: SqlDriver = {
      ...{ dialect: 'postgres', inTransaction: false },
      transaction: (work) =>
        driver.transaction(async (tx) => {
          await tx.query(`SELECT set_config('amb.tenant', 'north', true)`);
          return work(tx);
        }),
      query: (text, parameters) => forTenant.transaction((tx) => tx.query(text, parameters)),
    };
    const all = createSmartEnrolments(createSqlRepositories({ driver: forTenant, host, prefix: 'amb_se_' }));
    await inAmbient(async () => {
      const before = await settings();
      await all.learnersChanged(['u1']);
      expect(await settings()).toEqual(before);
    });
  });

  test('a driver that was created in a transaction works outside it', async () => {
    let created: SqlDriver | undefined;
    await inAmbient(async () => {
      created = fromPglite(ambient);
    });
    expect(await created!.transaction((tx) => tx.query('SELECT 1 AS n'))).toEqual([{ n: 1 }]);
  });
});

describe('a client that does not show that it is in a transaction', () => {
  /** Runs everything in the open transaction, but looks like a database. */
  const facade = {
    query: (text: string, parameters?: unknown[]) => (open.getStore() ?? client).query(text, parameters),
    async transaction(work: (tx: Pick<Transaction, 'query'>) => Promise<void>) {
      const tx = open.getStore();
      if (!tx) return client.transaction(work);
      await tx.query('SAVEPOINT inside');
      await work(tx);
    },
  };

  test('the driver rejects, and says what to set', async () => {
    await inAmbient(async () => {
      const running = fromPglite(facade).transaction((tx) => tx.query('SELECT 1'));
      await expect(running).rejects.toThrow('{ inTransaction: true }');
    });
  });

  test.each([
    ['true', true],
    ['a function', () => open.getStore() !== undefined],
  ])("with inTransaction as %s, everything runs in the host's transaction", async (_, inTransaction) => {
    await inAmbient(async () => {
      const stated = fromPglite(facade, { inTransaction });
      const all = createSmartEnrolments(createSqlRepositories({ driver: stated, host, prefix: 'amb_se_' }));
      await driver.query(`UPDATE amb_users SET active = 0 WHERE id = 'u1'`);
      const before = await settings();
      await all.learnersChanged(['u1']);
      expect(await settings()).toEqual(before);
    });
  });

  test.each([
    ['true', true],
    ['a function', () => true],
  ])('with inTransaction as %s, two operations take turns', async (_, inTransaction) => {
    const stated = fromPglite(facade, { inTransaction });
    const all = createSmartEnrolments(createSqlRepositories({ driver: stated, host, prefix: 'amb_se_' }));
    await inAmbient(async () => {
      await driver.query(`DELETE FROM amb_users WHERE id IN ('u11', 'u12')`);
      const outcomes = await Promise.all([all.learnersChanged(['u11']), all.learnersChanged(['u12'])]);
      expect(outcomes.map(({ summary }) => summary.unenrolled)).toEqual([1, 1]);
    });
  });

  test('inTransaction as a function is called for each operation', async () => {
    const stated = fromPglite(facade, { inTransaction: () => open.getStore() !== undefined });
    expect(stated.inTransaction).toBe(false);
    await stated.transaction((tx) => tx.query('SELECT 1'));
    await inAmbient(async () => {
      expect(stated.inTransaction).toBe(true);
      await stated.transaction((tx) => tx.query('SELECT 1'));
    });
  });

  test.each([
    ['inTransaction', 'yes'],
    ['isReadCommitted', 1],
    ['inTransactions', true],
  ])('the option %s of %s is rejected', (name, value) => {
    expect(() => fromPglite(facade, { [name]: value } as never)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });
});

describe('a client that runs a statement of its own at the beginning of each transaction', () => {
  const forTenant = {
    query: (text: string, parameters?: unknown[]) => client.query(text, parameters),
    transaction: (work: (tx: Pick<Transaction, 'query'>) => Promise<void>) =>
      client.transaction(async (tx) => {
        await tx.query(`SELECT set_config('amb.tenant', 'north', true)`);
        await work(tx);
      }),
  };

  test('the driver rejects, and says what to set', async () => {
    const running = fromPglite(forTenant).transaction((tx) => tx.query('SELECT 1'));
    await expect(running).rejects.toThrow('{ inTransaction: false }');
  });

  test.each([
    ['false', 'u1', false],
    ['a function', 'u2', () => false],
  ])('with inTransaction as %s, operations run', async (_, learner, inTransaction) => {
    const stated = fromPglite(forTenant, { inTransaction });
    await stated.transaction(async (tx) => {
      expect(await tx.query(`SELECT current_setting('amb.tenant') AS tenant`)).toEqual([{ tenant: 'north' }]);
    });
    const all = createSmartEnrolments(createSqlRepositories({ driver: stated, host, prefix: 'amb_se_' }));
    await driver.query('DELETE FROM amb_users WHERE id = $1', [learner]);
    expect((await all.learnersChanged([learner])).summary.unenrolled).toBe(1);
  });
});
