import type { SqlDriver } from '../driver.js';
import { checkCanRun } from './can-run.js';
import { type SqliteOptions, sqliteDriver } from './sqlite.js';

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
  checkCanRun(db, ['prepare'], 'Pass a DatabaseSync to fromNodeSqlite.');
  const connection = {
    key: db,
    all: (text: string, parameters: readonly (string | number | bigint | null)[]) =>
      db.prepare(text).all(...parameters),
    isOpen: () => db.isTransaction ?? isOpen(db),
  };
  return sqliteDriver(connection, options);
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
