import type { SqlDriver } from '../driver.js';
import { checkClient, checkClientOptions, driverOf } from './check-client.js';
import { SQLITE_OPTIONS, type SqliteConnection, type SqliteOptions, sqliteDriver } from './sqlite.js';

type Parameters = readonly (string | number | bigint | null)[];

interface Statement {
  readonly reader: boolean;
  all(...parameters: Parameters): unknown[];
  run(...parameters: Parameters): unknown;
}

const CLIENT = { methods: ['prepare'], advice: 'Pass a Database of better-sqlite3 to fromBetterSqlite3.' };

/** What is asked of a `Database` of better-sqlite3. */
export interface BetterSqlite3Database {
  /** Whether a transaction is open. */
  readonly inTransaction: boolean;
  /** Answers a statement, whose type in @types/better-sqlite3 depends on what is bound to it. */
  prepare(text: string): object;
}

/**
 * Runs on better-sqlite3, on one connection: whoever calls while a transaction is open waits until it has ended.
 * Made inside a transaction that the host has begun by BEGIN, everything happens inside it.
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
