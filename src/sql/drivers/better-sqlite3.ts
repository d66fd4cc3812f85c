import type { SqlDriver } from '../driver.js';
import { checkCanRun } from './can-run.js';
import { type SqliteOptions, sqliteDriver } from './sqlite.js';

type Parameters = readonly (string | number | bigint | null)[];

interface Statement {
  readonly reader: boolean;
  all(...parameters: Parameters): unknown[];
  run(...parameters: Parameters): unknown;
}

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
  checkCanRun(db, ['prepare'], 'Pass a Database of better-sqlite3 to fromBetterSqlite3.');
  const connection = {
    key: db,
    all(text: string, parameters: Parameters): unknown[] {
      const statement = db.prepare(text) as Statement;
      if (statement.reader) return statement.all(...parameters);
      statement.run(...parameters);
      return [];
    },
    isOpen: () => db.inTransaction,
  };
  return sqliteDriver(connection, options);
}
