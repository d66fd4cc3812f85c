import type { Dialect, SqlDriver } from '../../../src/sql/index.js';
import type { Library } from '../../sql/step-1.js';
import { peer } from '../peer.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';

/** Where a test's tables are, as plain JSON, so that it can be passed to another process. */
export interface TestDatabase {
  readonly dialect: Dialect;
  readonly prefix: string;
  /** The file of a SQLite database. */
  readonly file?: string;
}

/** Opens a driver of the library, in any version. */
export function open(
  { dialect, file }: TestDatabase,
  library: Library,
): { readonly driver: SqlDriver; end(): Promise<void> } {
  if (dialect === 'postgres') {
    const pool = new (peer('pg').Pool)({ ...POSTGRES, database: DATABASE, max: 4 });
    return { driver: library.fromPg(pool), end: () => pool.end() };
  }
  if (dialect === 'mysql') {
    const pool = peer('mysql2/promise').createPool({ ...MARIADB, database: DATABASE, charset: 'utf8mb4' });
    return { driver: library.fromMysql2(pool), end: () => pool.end() };
  }
  const db = new (peer('better-sqlite3'))(file);
  db.pragma('journal_mode = WAL');
  return { driver: library.fromBetterSqlite3(db), end: async () => db.close() };
}
