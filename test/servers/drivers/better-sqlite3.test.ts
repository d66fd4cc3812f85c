import { expect, test } from 'vitest';
import { fromBetterSqlite3 } from '../../../src/sql/drivers/better-sqlite3.js';
import { fromKnex } from '../../../src/sql/drivers/knex.js';
import { fromKysely } from '../../../src/sql/drivers/kysely.js';
import { peer } from '../peer.js';
import { onSqlite } from './on-sqlite.js';
import { skipped } from './skipped.js';

const busyTimeout = 300;
const missing = whyMissing();

function whyMissing(): string | undefined {
  try {
    new (peer('better-sqlite3'))(':memory:').close();
    return undefined;
  } catch (error) {
    const why = `better-sqlite3 was not built (${String(error)}); npm rebuild better-sqlite3 in test/servers does it`;
    if (process.env.CI) throw new Error(why, { cause: error });
    return why;
  }
}

const open = (file: string, timeout = 5000) => new (peer('better-sqlite3'))(file, { timeout });

function besides(file: string) {
  const other = open(file, 0);
  return {
    observer: fromBetterSqlite3(open(file)),
    elsewhere(text: string) {
      const statement = other.prepare(text);
      if (statement.reader) statement.all();
      else statement.run();
    },
    close: () => other.close(),
  };
}

if (missing) skipped('better-sqlite3', missing);
else {
  onSqlite(
    'fromBetterSqlite3, on better-sqlite3',
    (file) => {
      const db = open(file);
      const { close, ...rest } = besides(file);
      return {
        ...rest,
        driver: fromBetterSqlite3(db, { busyTimeout }),
        again: fromBetterSqlite3(db),
        hostsTimeout: async () => db.pragma('busy_timeout', { simple: true }),
        async inHosts(work) {
          db.exec('BEGIN');
          try {
            await work(fromBetterSqlite3(db));
            db.exec('COMMIT');
          } catch (error) {
            db.exec('ROLLBACK');
            throw error;
          }
        },
        async close() {
          close();
          db.close();
        },
      };
    },
    { oneConnection: true },
  );

  test("savepoints of two drivers in one transaction of the host's run one after another", async () => {
    const db = open(':memory:');
    db.exec('CREATE TABLE t (id INTEGER)');
    db.exec('BEGIN');
    const insert = (id: number, isFailing: boolean) =>
      fromBetterSqlite3(db).transaction(async (tx) => {
        await tx.query(`INSERT INTO t VALUES (${id})`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (isFailing) throw new Error('The work fails.');
      });
    const results = await Promise.allSettled([insert(1, true), insert(2, false)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    db.exec('COMMIT');
    expect(db.prepare('SELECT id FROM t').all()).toEqual([{ id: 2 }]);
    db.close();
  });

  onSqlite(
    'fromKysely, on kysely and better-sqlite3',
    (file) => {
      const { Kysely, SqliteDialect } = peer('kysely');
      const database = open(file);
      const db = new Kysely({ dialect: new SqliteDialect({ database }) });
      const { close, ...rest } = besides(file);
      return {
        ...rest,
        driver: fromKysely(db, { dialect: 'sqlite', busyTimeout }),
        hostsTimeout: async () => database.pragma('busy_timeout', { simple: true }),
        inHosts: (work) =>
          db.transaction().execute((trx: never) => work(fromKysely(trx, { dialect: 'sqlite', busyTimeout }))),
        async close() {
          close();
          await db.destroy();
        },
      };
    },
    { oneConnection: false },
  );

  onSqlite(
    'fromKnex, on knex and better-sqlite3',
    (file) => {
      const connection = { filename: file };
      const db = peer('knex')({ client: 'better-sqlite3', connection, useNullAsDefault: true });
      const { close, ...rest } = besides(file);
      return {
        ...rest,
        driver: fromKnex(db, { busyTimeout }),
        hostsTimeout: async () => (await db.raw('PRAGMA busy_timeout'))[0].timeout,
        inHosts: (work) => db.transaction((trx: never) => work(fromKnex(trx))),
        async close() {
          close();
          await db.destroy();
        },
      };
    },
    { oneConnection: false },
  );
}
