import { fromMysql2, fromPg, type SqlDriver } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';

/** Where a test's tables are, as plain JSON, so that it can be passed to another process. */
export interface TestDatabase {
  readonly dialect: 'postgres' | 'mysql';
  readonly prefix: string;
  /** The port of the test's own server, whose database is `postgres`. */
  readonly port?: number;
}

/** Creates a new pool, with options of the client's. */
export function connect(
  { dialect, port }: TestDatabase,
  options: object = {},
): { readonly driver: SqlDriver; end(): Promise<void> } {
  if (dialect === 'mysql') {
    const pool = peer('mysql2/promise').createPool({ ...MARIADB, database: DATABASE, charset: 'utf8mb4', ...options });
    return { driver: fromMysql2(pool), end: () => pool.end() };
  }
  const at = port === undefined ? { ...POSTGRES, database: DATABASE } : { ...POSTGRES, port, database: 'postgres' };
  const pool = new (peer('pg').Pool)({ ...at, max: 4, ...options });
  // An idle connection that is lost emits an error event, which ends the process without a listener.
  pool.on('error', () => undefined);
  return { driver: fromPg(pool), end: () => pool.end() };
}
