import type { SqlDriver } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { SQLITE_OPTIONS, type SqliteOptions, sqliteDriver } from './sqlite/sqlite.js';
import type { SqliteConnection } from './sqlite/sqlite-connection.js';

type Parameters = readonly (string | number | bigint | null)[];

interface Statement {
  readonly reader: boolean;
  all(...parameters: Parameters): unknown[];
  run(...parameters: Parameters): unknown;
}

const CLIENT = { methods: ['prepare'], advice: 'Pass a better-sqlite3 Database to fromBetterSqlite3.' };

/** The part of a better-sqlite3 `Database` that the driver uses. */
export interface BetterSqlite3Database {
  /** Whether a transaction is open. */
  readonly inTransaction: boolean;
  /** Returns a statement, whose type in @types/better-sqlite3 depends on its parameters. */
  prepare(text: string): object;
}

/**
 * Creates a driver for better-sqlite3. It has one connection: calls made while a transaction is open wait until it has ended.
 * A driver created inside a transaction that the host began with BEGIN runs everything inside that transaction.
 */
export function fromBetterSqlite3(db: BetterSqlite3Database, options?: SqliteOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, CLIENT, issues);
      checkClientOptions(options, SQLITE_OPTIONS, issues);
    },
    () => sqliteDriver(connectionOf(db), options),
  );
}

function connectionOf(db: BetterSqlite3Database): SqliteConnection {
  return {
    key: db,
    all(text: string, parameters: Parameters): unknown[] {
      const statement = db.prepare(text) as Statement;
      if (statement.reader) return statement.all(...parameters);
      statement.run(...parameters);
      return [];
    },
    isOpen: () => db.inTransaction,
  };
}
