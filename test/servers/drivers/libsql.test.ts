import { expect, test } from 'vitest';
import { fromLibsql } from '../../../src/sql/drivers/libsql.js';
import { peer } from '../peer.js';
import { inFolder, onSqlite, type SqliteMade } from './on-sqlite.js';

const busyTimeout = 300;

const open = (file: string): ReturnType<typeof peer> => peer('@libsql/client').createClient({ url: `file:${file}` });

function made(file: string): SqliteMade {
  const [client, watching] = [open(file), open(file)];
  const other = new (peer('libsql'))(file);
  return {
    driver: fromLibsql(client, { busyTimeout }),
    again: fromLibsql(client),
    observer: fromLibsql(watching),
    // A statement that the client prepares stays in progress if it fails.
    elsewhere: (text) => other.exec(text),
    async inHosts(work) {
      const tx = await client.transaction('write');
      try {
        await work(fromLibsql(tx));
        await tx.commit();
      } finally {
        tx.close();
      }
    },
    async close() {
      for (const each of [client, watching, other]) each.close();
    },
  };
}

onSqlite('fromLibsql, on @libsql/client', made, { oneConnection: true, hostsApart: true });

test('a database in memory has one connection, for which statements outside a transaction wait', async () => {
  const client = peer('@libsql/client').createClient({ url: ':memory:', intMode: 'bigint' });
  const driver = fromLibsql(client);
  await driver.query('CREATE TABLE t (id integer PRIMARY KEY)');
  let outside: Promise<unknown[]> | undefined;
  await driver.transaction(async (tx) => {
    await tx.query('INSERT INTO t (id) VALUES (?)', [1]);
    outside = driver.query('SELECT id FROM t');
  });
  expect(await outside).toEqual([{ id: 1 }]);
  client.close();
});

test('a transaction commits on a connection on which a statement waited for a lock in vain', async () => {
  const { file, remove } = inFolder();
  const { driver, elsewhere, close } = made(file);
  await driver.query('CREATE TABLE t (id integer PRIMARY KEY)');
  elsewhere('BEGIN IMMEDIATE');
  await expect(driver.query('INSERT INTO t (id) VALUES (1)')).rejects.toThrow('held this SQLite database');
  elsewhere('COMMIT');
  await driver.transaction((tx) => tx.query('INSERT INTO t (id) VALUES (2)'));
  expect(await driver.query('SELECT id FROM t')).toEqual([{ id: 2 }]);
  await close();
  remove();
});

test("fromLibsql rejects an object that is neither libSQL's Client nor its Transaction", () => {
  expect(() => fromLibsql({ execute() {} } as never)).toThrow('Pass a libSQL Client, or a Transaction of');
});
