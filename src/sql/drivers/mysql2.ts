import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { beginAndCommit } from './base/begin-and-commit.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import { connectionKeys } from './base/connection-key.js';
import type { TransactionOptions } from './base/transaction-options.js';

interface Mysql2Options {
  sql: string;
  values?: (string | number | null)[];
  rowsAsArray: false;
  nestTables: false;
  namedPlaceholders: false;
}

interface Mysql2Queryable {
  /** Runs one statement as text. */
  query(options: Mysql2Options): Promise<[unknown, unknown]>;
  /** Runs one prepared statement. */
  execute(options: Mysql2Options): Promise<[unknown, unknown]>;
}

/** The part of a mysql2/promise connection that the driver uses. */
export interface Mysql2Connection extends Mysql2Queryable {
  /** The connection beneath: each has one. */
  readonly connection?: object;
  /** Returns a connection to its pool. */
  release?(): void;
  /** Closes a connection that is no longer usable. */
  destroy?(): void;
}

/** The part of a mysql2/promise pool that the driver uses. */
export interface Mysql2Pool extends Mysql2Queryable {
  /** Acquires a connection. */
  getConnection(): Promise<Mysql2Connection>;
}

const ADVICE = 'Pass a pool, or a connection after its START TRANSACTION, to fromMysql2.';
const BEGIN = ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'];

/**
 * Creates a driver for mysql2/promise: for a pool, each of whose transactions uses its own connection; or for a connection inside the
 * transaction that the host began on it. Statements with parameters are prepared statements: the pool's `maxPreparedStatements` limits
 * how many each connection keeps.
 */
export function fromMysql2(db: Mysql2Pool | Mysql2Connection, options?: TransactionOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['query', 'execute'], advice: ADVICE }, issues);
      checkClientOptions(options, {}, issues);
    },
    (fail) => {
      if ('promise' in db && typeof db.promise === 'function')
        return fail('fromMysql2 needs a mysql2/promise client: pass .promise() of this pool or connection.');
      return ofMysql2(db, options);
    },
  );
}

function ofMysql2(db: Mysql2Pool | Mysql2Connection, options: TransactionOptions | undefined): SqlDriver {
  const client = {
    database: databaseOf(db as Mysql2Pool),
    transaction: () => ({ dialect: 'mysql', run: runOn(db) }) as const,
    ...connectionKeys(db as Mysql2Connection, () => isPool(db)),
    advice: ADVICE,
  };
  return clientDriver(client, options);
}

function isPool(db: Mysql2Pool | Mysql2Connection): db is Mysql2Pool {
  return typeof (db as Mysql2Pool).getConnection === 'function';
}

/** A statement without parameters is sent as text, since BEGIN and SAVEPOINT cannot be prepared everywhere. */
function runOn(db: Mysql2Queryable) {
  return async (sql: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => {
    const options = { sql, rowsAsArray: false, nestTables: false, namedPlaceholders: false } as const;
    const [rows] = await (parameters.length === 0
      ? db.query(options)
      : db.execute({ ...options, values: [...parameters] }));
    return Array.isArray(rows) ? rows : [];
  };
}

function databaseOf(pool: Mysql2Pool): Database {
  return {
    dialect: 'mysql',
    run: runOn(pool),
    async open(body) {
      const connection = await pool.getConnection();
      const run = runOn(connection);
      let lost = false;
      const onUnusable = (): void => {
        lost = true;
      };
      try {
        await beginAndCommit(run, BEGIN, () => body({ dialect: 'mysql', run }), onUnusable);
      } finally {
        if (lost) connection.destroy?.();
        else connection.release?.();
      }
    },
  };
}
