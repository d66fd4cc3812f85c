import type { SqlDriver, SqlParameter } from '../driver.js';
import { beginAndCommit } from './begin.js';
import { checkClient, driverOf } from './check-client.js';
import { hostDriver, outsideDriver } from './outside.js';

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

/** What is asked of a connection of mysql2/promise. */
export interface Mysql2Connection extends Mysql2Queryable {
  /** Gives a connection of a pool back. */
  release?(): void;
  /** Ends a connection that is of no use any more. */
  destroy?(): void;
}

/** What is asked of a pool of mysql2/promise. */
export interface Mysql2Pool extends Mysql2Queryable {
  /** Takes a connection. */
  getConnection(): Promise<Mysql2Connection>;
}

const ADVICE = 'Pass a pool to fromMysql2, or a connection after its START TRANSACTION.';
const BEGIN = ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'START TRANSACTION'];

/**
 * Runs on mysql2/promise: on a pool, which opens transactions on connections of its own; or on a connection inside the
 * transaction that the host has begun on it. Parameters travel apart from the text, as those of prepared statements:
 * the pool's `maxPreparedStatements` bounds how many each connection keeps.
 */
export function fromMysql2(db: Mysql2Pool | Mysql2Connection): SqlDriver {
  return driverOf(
    (issues) => checkClient(db, { methods: ['query', 'execute'], advice: ADVICE }, issues),
    (fail) => {
      if ('promise' in db && typeof db.promise === 'function')
        return fail('fromMysql2 takes a client of mysql2/promise: pass .promise() of this pool or connection.');
      return 'getConnection' in db ? ofPool(db) : hostDriver({ dialect: 'mysql', run: runOn(db) }, ADVICE);
    },
  );
}

/** Without parameters a statement goes as text, as BEGIN and SAVEPOINT cannot be prepared everywhere. */
function runOn(db: Mysql2Queryable) {
  return async (sql: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => {
    const options = { sql, rowsAsArray: false, nestTables: false, namedPlaceholders: false } as const;
    const [rows] = await (parameters.length === 0
      ? db.query(options)
      : db.execute({ ...options, values: [...parameters] }));
    return Array.isArray(rows) ? rows : [];
  };
}

function ofPool(pool: Mysql2Pool): SqlDriver {
  return outsideDriver({
    dialect: 'mysql',
    run: runOn(pool),
    async open(body) {
      const connection = await pool.getConnection();
      const run = runOn(connection);
      let lost = false;
      const unfit = (): void => {
        lost = true;
      };
      try {
        await beginAndCommit(run, BEGIN, () => body({ dialect: 'mysql', run }), unfit);
      } finally {
        if (lost) connection.destroy?.();
        else connection.release?.();
      }
    },
  });
}
