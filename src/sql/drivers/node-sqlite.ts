import type { SqlDriver } from '../driver.js';
import { checkClient, checkClientOptions, driverOf } from './check-client.js';
import { SQLITE_OPTIONS, type SqliteConnection, type SqliteOptions, sqliteDriver } from './sqlite.js';

const CLIENT = { methods: ['prepare'], advice: 'Pass a DatabaseSync to fromNodeSqlite.' };

/** What is asked of a `DatabaseSync` of node:sqlite. */
export interface NodeSqliteDatabase {
  /** From Node 22.16 on. */
  readonly isTransaction?: boolean;
  /** Prepares one statement. */
  prepare(text: string): { all(...parameters: (string | number | bigint | null)[]): unknown[] };
}

/**
 * Runs on node:sqlite, on one connection: whoever calls while a transaction is open waits until it has ended.
 * Made inside a transaction that the host has begun, everything happens inside it.
 */
export function fromNodeSqlite(db: NodeSqliteDatabase, options?: SqliteOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, CLIENT, issues);
      checkClientOptions(options, SQLITE_OPTIONS, issues);
    },
    () => sqliteDriver(connectionOf(db), options),
  );
}

function connectionOf(db: NodeSqliteDatabase): SqliteConnection {
  return {
    key: db,
    all: (text: string, parameters: readonly (string | number | bigint | null)[]) =>
      db.prepare(text).all(...parameters),
    isOpen: () => db.isTransaction ?? isOpen(db),
  };
}

/** A BEGIN locks nothing, and is refused inside a transaction only. */
function isOpen(db: NodeSqliteDatabase): boolean {
  try {
    db.prepare('BEGIN').all();
  } catch {
    return true;
  }
  db.prepare('ROLLBACK').all();
  return false;
}
