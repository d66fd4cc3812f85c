import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database, Open, OpenTransaction } from './base/connection.js';
import { type ConnectionState, recordingLoss, recordingRejection, settleUnlessLost } from './base/connection-loss.js';
import { splitAtPlaceholders } from './base/placeholders.js';
import { resultRows } from './base/result-rows.js';
import { setReadCommitted } from './base/set-read-committed.js';
import type { TransactionOptions } from './base/transaction-options.js';

const READ_COMMITTED = { isolationLevel: 'read committed' } as const;

/** The part of drizzle-orm's `sql` that the driver uses. */
export interface DrizzleSql<Query> {
  /** Creates a query from text as it is. */
  raw(text: string): Query;
  /** Creates a parameter. */
  param(value: unknown): unknown;
  /** Joins parts into one query. */
  join(chunks: never[], separator?: never): Query;
}

/** The part of a drizzle-orm database, or of one of its transactions (which have `rollback`), that the driver uses. */
export interface DrizzleDatabase<Query> {
  /** Rolls back; only a transaction has this method. */
  readonly rollback?: unknown;
  /** Runs a query. */
  execute(query: Query): PromiseLike<unknown>;
  /** Runs work in a transaction, or in a savepoint inside one. */
  transaction(
    work: (tx: DrizzleDatabase<Query>) => Promise<void>,
    options?: { readonly isolationLevel: 'read committed' },
  ): Promise<unknown>;
}

/** Options of `fromDrizzle`. */
export interface DrizzleOptions extends TransactionOptions {
  /** The database that Drizzle runs on. Default `postgres`. For SQLite, create a driver from the underlying client instead. */
  readonly dialect?: 'postgres' | 'mysql';
}

const ADVICE =
  'Pass a Drizzle database, or the tx of its transaction callback, to fromDrizzle, and the sql of drizzle-orm.';

/**
 * Creates a driver for Drizzle, or for one of its transactions, with the `sql` that the host imports from drizzle-orm. On pg, a checked-out
 * connection that the server ends emits an error event without a listener, which ends the process. To prevent that, listen:
 * `pool.on('connect', (client) => client.on('error', log))`. On mysql2, mysql2 writes the parameters into the statement's text.
 */
export function fromDrizzle<Query>(
  db: DrizzleDatabase<Query>,
  sql: DrizzleSql<Query>,
  options?: DrizzleOptions,
): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['execute', 'transaction'], advice: ADVICE }, issues);
      checkClient(sql, { methods: ['raw', 'param', 'join'], advice: ADVICE }, issues, 'sql');
      checkClientOptions(options, { dialects: ['postgres', 'mysql'] }, issues);
    },
    () => ofDrizzle(db, sql, options),
  );
}

function ofDrizzle<Query>(db: DrizzleDatabase<Query>, sql: DrizzleSql<Query>, options: DrizzleOptions = {}): SqlDriver {
  const { dialect = 'postgres' } = options;
  // On Postgres.js, only Drizzle's own savepoints survive a failed statement.
  const transactionOf = (tx: DrizzleDatabase<Query>, state: ConnectionState): OpenTransaction => ({
    dialect,
    run: (text, parameters) => recordingLoss(state, () => run(tx, sql, text, parameters, dialect)),
    open: openOn(tx, state),
  });
  const openOn =
    (tx: DrizzleDatabase<Query>, state: ConnectionState): Open =>
    (body) =>
      settleUnlessLost<DrizzleDatabase<Query>>(
        state,
        (work) => unwrapped(tx.transaction(work)),
        (inside) => body(transactionOf(inside, state)),
      );
  const database: Database = {
    dialect,
    run: (text, parameters) => run(db, sql, text, parameters, dialect),
    async open(body) {
      const state: ConnectionState = {};
      const begin = (work: (inside: DrizzleDatabase<Query>) => Promise<void>) =>
        recordingRejection(state, unwrapped(db.transaction(work, dialect === 'mysql' ? READ_COMMITTED : undefined)));
      await settleUnlessLost(state, begin, async (inside) => {
        const tx = transactionOf(inside, state);
        // On Postgres.js, Drizzle itself would send this, and then a ROLLBACK on a connection that may have ended meanwhile.
        if (dialect === 'postgres') await setReadCommitted(tx.run, options);
        await body(tx);
      });
    },
  };
  const transaction = () => transactionOf(db, {});
  // Only transactions have `rollback`, and each has a session of its own.
  const transactionKey = () =>
    typeof db.rollback === 'function' ? ((db as { readonly session?: object }).session ?? db) : undefined;
  return clientDriver({ database, transaction, transactionKey, advice: ADVICE }, options);
}

async function run<Query>(
  db: DrizzleDatabase<Query>,
  sql: DrizzleSql<Query>,
  text: string,
  given: readonly SqlParameter[],
  dialect: 'postgres' | 'mysql',
): Promise<unknown[]> {
  const { pieces, parameters } = splitAtPlaceholders(text, given, dialect);
  const chunks = pieces.flatMap((piece, i) => [
    sql.raw(piece),
    ...parameters.slice(i, i + 1).map((each) => sql.param(each)),
  ]);
  return resultRows(await unwrapped(db.execute(sql.join(chunks as never[]))), dialect);
}

/** Rejects with the database's own error, which Drizzle wraps. */
async function unwrapped<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && 'query' in error && error.cause !== undefined) throw error.cause;
    throw error;
  }
}
