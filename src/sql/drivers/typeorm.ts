import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database, OpenTransaction } from './base/connection.js';
import { splitAtPlaceholders } from './base/placeholders.js';
import { setReadCommitted } from './base/set-read-committed.js';
import type { TransactionOptions } from './base/transaction-options.js';
import { listenToPool, type PgPool } from './pg.js';

type TypeOrmDialect = 'postgres' | 'mysql';

/** The part of TypeORM's `QueryRunner`, which is one connection, that the driver uses. */
export interface TypeOrmQueryRunner {
  /** Whether a transaction is open. */
  readonly isTransactionActive: boolean;
  /** Whether it has been released: by its user, or since its connection was lost. */
  readonly isReleased?: boolean;
  /** Runs one statement; the result has the rows as `records`, whichever statement it is. */
  query(
    text: string,
    parameters: unknown[] | undefined,
    useStructuredResult: true,
  ): Promise<{ readonly records: unknown[] }>;
  /** Begins a transaction. */
  startTransaction(isolationLevel?: 'READ COMMITTED'): Promise<void>;
  /** Commits it. */
  commitTransaction(): Promise<void>;
  /** Rolls it back. */
  rollbackTransaction(): Promise<void>;
  /** Returns the connection to its pool. */
  release(): Promise<void>;
}

/** The part of a TypeORM `DataSource` that the driver uses. */
export interface TypeOrmDataSource {
  /** Has the name of the database. */
  readonly options: { readonly type: string };
  /** Its `EntityManager`. A patched one, as of typeorm-transactional, is that of the current call's transaction. */
  readonly manager: { readonly queryRunner?: TypeOrmQueryRunner | undefined };
  /** Its driver, which has the pool as `master` once the `DataSource` is initialized. */
  readonly driver?: object;
  /** Returns a new connection. */
  createQueryRunner(): TypeOrmQueryRunner;
}

/** The part of a TypeORM `EntityManager` that the driver uses. */
export interface TypeOrmEntityManager {
  /** Its connection, if it has one of its own: in a transaction. */
  readonly queryRunner?: TypeOrmQueryRunner | undefined;
  /** Its `DataSource`, in TypeORM 1. */
  readonly dataSource?: TypeOrmDataSource;
  /** Its `DataSource`, in TypeORM 0.3. */
  readonly connection?: TypeOrmDataSource;
}

const ADVICE = 'Pass an initialized DataSource, or the EntityManager of a transaction, to fromTypeOrm.';
const DIALECTS: { readonly [type: string]: TypeOrmDialect } = {
  postgres: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
};

/**
 * Creates a driver for TypeORM on PostgreSQL, MySQL or MariaDB: for a `DataSource`, or for the `EntityManager` of a transaction. The driver takes
 * the dialect from the `DataSource`, and is in the transaction of the current call if the `DataSource` finds it. On mysql2, mysql2 writes
 * the parameters into the statement's text. On pg, the driver listens to the clients of the pool, so that a lost connection does not end the process.
 */
export function fromTypeOrm(db: TypeOrmDataSource | TypeOrmEntityManager, options?: TransactionOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(dataSourceOf(db), { methods: ['createQueryRunner'], advice: ADVICE }, issues);
      checkClientOptions(options, {}, issues);
    },
    (fail) => {
      if ('startTransaction' in db)
        return fail('Pass the manager of the QueryRunner: fromTypeOrm(queryRunner.manager).');
      const dataSource = dataSourceOf(db)!;
      const type = dataSource.options?.type;
      const dialect = DIALECTS[type];
      if (dialect) return ofTypeOrm(db, dataSource, dialect, options);
      const onSqlite =
        ' For better-sqlite3, pass the client beneath: fromBetterSqlite3(dataSource.driver.databaseConnection).';
      return fail(
        `fromTypeOrm supports a DataSource of type postgres, mysql or mariadb; this one is of type ${type}.${/sqlite/.test(type) ? onSqlite : ''}`,
      );
    },
  );
}

function ofTypeOrm(
  db: TypeOrmDataSource | TypeOrmEntityManager,
  dataSource: TypeOrmDataSource,
  dialect: TypeOrmDialect,
  options: TransactionOptions | undefined,
): SqlDriver {
  const hosts = (): TypeOrmQueryRunner | undefined => managerOf(db)?.queryRunner;
  const connect = (): TypeOrmQueryRunner => {
    if (dialect === 'postgres') listen(dataSource);
    return dataSource.createQueryRunner();
  };
  const database: Database = {
    dialect,
    async run(text, parameters) {
      const runner = connect();
      try {
        return await runOn(runner, dialect)(text, parameters);
      } finally {
        await runner.release();
      }
    },
    async open(body) {
      const runner = connect();
      try {
        await inTransactionOf(runner, dialect, body, options);
      } finally {
        await runner.release();
      }
    },
  };
  const transaction = (): OpenTransaction => {
    const runner = hosts();
    return runner ? { dialect, run: runOn(runner, dialect) } : { dialect, run: database.run };
  };
  // Each transaction has a query runner of its own.
  const transactionKey = (): unknown => {
    const runner = hosts();
    return runner?.isTransactionActive ? runner : undefined;
  };
  return clientDriver({ database, transaction, transactionKey, advice: ADVICE }, options);
}

/** TypeORM listens to a client of pg only after the pool has given it, and no more once its connection is lost. */
function listen({ driver }: TypeOrmDataSource): void {
  const { master } = (driver ?? {}) as { readonly master?: Pick<PgPool, 'on'> };
  if (master) listenToPool(master);
}

function isDataSource(db: TypeOrmDataSource | TypeOrmEntityManager): db is TypeOrmDataSource {
  return typeof (db as TypeOrmDataSource | undefined)?.createQueryRunner === 'function';
}

function dataSourceOf(db: TypeOrmDataSource | TypeOrmEntityManager): TypeOrmDataSource | undefined {
  return isDataSource(db) ? db : (db?.dataSource ?? db?.connection);
}

function managerOf(db: TypeOrmDataSource | TypeOrmEntityManager): TypeOrmEntityManager {
  return isDataSource(db) ? db.manager : db;
}

async function inTransactionOf(
  runner: TypeOrmQueryRunner,
  dialect: TypeOrmDialect,
  body: (inside: OpenTransaction) => Promise<void>,
  options: TransactionOptions | undefined,
): Promise<void> {
  const run = runOn(runner, dialect);
  try {
    await unwrapped(runner.startTransaction(dialect === 'mysql' ? 'READ COMMITTED' : undefined));
    if (dialect === 'postgres') await setReadCommitted(run, options);
    await body({ dialect, run });
    await unwrapped(runner.commitTransaction());
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

function runOn(runner: TypeOrmQueryRunner, dialect: TypeOrmDialect) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => {
    if (dialect === 'mysql') refuseMarks(text, parameters);
    const given = parameters.length > 0 ? [...parameters] : undefined;
    try {
      return (await unwrapped(runner.query(text, given, true))).records ?? [];
    } catch (error) {
      // Over pg, TypeORM releases the query runner when its connection is lost, even in a transaction; it reports only that.
      if (!runner.isReleased || !runner.isTransactionActive) throw error;
      throw new Error('Connection terminated in an open transaction.', { cause: error });
    }
  };
}

/** Versions of mysql2 that are still in use take every ? for a placeholder, even in strings and comments. */
function refuseMarks(text: string, parameters: readonly SqlParameter[]): void {
  if (parameters.length === 0) return;
  if (!splitAtPlaceholders(text, parameters, 'mysql').pieces.some((piece) => piece.includes('?'))) return;
  throw new Error(
    'TypeORM cannot run this statement: mysql2 would take the ? in a string or comment for a placeholder. Pass the text as a parameter.',
  );
}

/** Rejects with the database's own error, which TypeORM wraps. */
async function unwrapped<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw (error as { readonly driverError?: unknown } | null)?.driverError ?? error;
  }
}
