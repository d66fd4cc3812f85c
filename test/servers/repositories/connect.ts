import { fromMysql2, fromPg, type SqlDriver } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';

/** Where a test's tables are, in plain JSON: another process is told the same. */
export interface Place {
  readonly dialect: 'postgres' | 'mysql';
  readonly prefix: string;
  /** Of a server of the test's own, whose database is `postgres`. */
  readonly port?: number;
}

/** Makes a pool of its own, with options of the client's. */
export function connect(
  { dialect, port }: Place,
  options: object = {},
): { readonly driver: SqlDriver; end(): Promise<void> } {
  if (dialect === 'mysql') {
    const pool = peer('mysql2/promise').createPool({ ...MARIADB, database: DATABASE, charset: 'utf8mb4', ...options });
    return { driver: fromMysql2(pool), end: () => pool.end() };
  }
  const at = port === undefined ? { ...POSTGRES, database: DATABASE } : { ...POSTGRES, port, database: 'postgres' };
  const pool = new (peer('pg').Pool)({ ...at, max: 4, ...options });
  // A connection that is lost while nobody uses it is an event, which ends the process where nobody listens.
  pool.on('error', () => undefined);
  return { driver: fromPg(pool), end: () => pool.end() };
}
