import type { SqlDriver } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { SQLITE_OPTIONS, type SqliteOptions, sqliteDriver } from './sqlite/sqlite.js';
import type { SqliteConnection } from './sqlite/sqlite-connection.js';

const CLIENT = { methods: ['prepare'], advice: 'Pass a DatabaseSync to fromNodeSqlite.' };

/** The part of a node:sqlite `DatabaseSync` that the driver uses. */
export interface NodeSqliteDatabase {
  /** Whether a transaction is open. Available since Node 22.16. */
  readonly isTransaction?: boolean;
  /** Prepares one statement. */
  prepare(text: string): { all(...parameters: (string | number | bigint | null)[]): unknown[] };
}

/**
 * Creates a driver for node:sqlite. It has one connection: calls made while a transaction is open wait until it has ended.
 * A driver created inside a transaction that the host began runs everything inside that transaction.
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

/** Tries BEGIN, which locks nothing and fails only inside a transaction. */
function isOpen(db: NodeSqliteDatabase): boolean {
  try {
    db.prepare('BEGIN').all();
  } catch {
    return true;
  }
  db.prepare('ROLLBACK').all();
  return false;
}
