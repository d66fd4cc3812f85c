import { fromBetterSqlite3, fromNodeSqlite } from '../../../src/sql/index.js';
import { HAS_SQLITE } from '../newer-node.js';
import { peer } from '../peer.js';
import { sqliteStore, type WildStore } from './wild-store.js';

export function betterSqlite3Store(): WildStore {
  return sqliteStore('SQLite by better-sqlite3', whyMissing(), (file) => {
    const db = new (peer('better-sqlite3'))(file);
    return { driver: fromBetterSqlite3(db), close: () => db.close() };
  });
}

/** Why better-sqlite3 is missing; in CI a missing client is an error. */
function whyMissing(): string {
  try {
    new (peer('better-sqlite3'))(':memory:').close();
    return '';
  } catch (error) {
    const why = `better-sqlite3 does not run here (${String(error)}): npm rebuild better-sqlite3 in test/servers`;
    if (process.env.CI) throw new Error(why, { cause: error });
    return why;
  }
}

export function nodeSqliteStore(): WildStore {
  const missing = HAS_SQLITE ? '' : `node:sqlite needs Node 22.13; this is ${process.version}`;
  return sqliteStore('SQLite by node:sqlite', missing, (file) => {
    const db = new (peer('node:sqlite').DatabaseSync)(file);
    return { driver: fromNodeSqlite(db), close: () => db.close() };
  });
}
