import { fromNodeSqlite, type NodeSqliteDatabase } from '../../../src/sql/drivers/node-sqlite.js';
import { HAS_SQLITE } from '../newer-node.js';
import { peer } from '../peer.js';
import { onSqlite, type SqliteMade } from './on-sqlite.js';
import { skipped } from './skipped.js';

const busyTimeout = 300;

function made(file: string, seen: (db: NodeSqliteDatabase) => NodeSqliteDatabase): SqliteMade {
  const { DatabaseSync } = peer('node:sqlite');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA busy_timeout = 5000');
  const other = new DatabaseSync(file);
  const watching = new DatabaseSync(file);
  const view = seen(db);
  return {
    driver: fromNodeSqlite(view, { busyTimeout }),
    again: fromNodeSqlite(view),
    observer: fromNodeSqlite(watching),
    elsewhere: (text) => other.prepare(text).all(),
    hostsTimeout: async () => db.prepare('PRAGMA busy_timeout').get().timeout,
    async inHosts(work) {
      db.exec('BEGIN');
      try {
        await work(fromNodeSqlite(view));
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    async close() {
      for (const each of [db, other, watching]) each.close();
    },
  };
}

if (!HAS_SQLITE) {
  skipped(
    'node:sqlite',
    `Node ${process.versions.node} has no node:sqlite: 22.13 is the first that has it without a flag`,
  );
} else {
  onSqlite('fromNodeSqlite, on node:sqlite', (file) => made(file, (db) => db), { oneConnection: true });
  onSqlite(
    'fromNodeSqlite, without isTransaction',
    (file) => made(file, (db) => ({ prepare: (text) => db.prepare(text) })),
    { oneConnection: true },
  );
}
