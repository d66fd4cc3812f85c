import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database, OpenTransaction } from './base/connection.js';
import { type ConnectionState, recordingLoss, recordingRejection, settleUnlessLost } from './base/connection-loss.js';
import type { TransactionOptions } from './base/transaction-options.js';

/** The part of the `sql` in a `sql.begin` callback, or of a reserved one after its BEGIN, that the driver uses. */
export interface PostgresJsTransaction {
  /** Runs one statement given as text. */
  unsafe(text: string, parameters?: never[]): PromiseLike<readonly unknown[]>;
  /** Runs work in a savepoint. */
  savepoint?(work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

/** The part of Postgres.js's `sql` that the driver uses. */
export interface PostgresJs extends PostgresJsTransaction {
  /** Runs work in a transaction. */
  begin(options: string, work: (sql: PostgresJsTransaction) => Promise<void>): Promise<unknown>;
}

const ADVICE = 'Pass the sql of postgres(…), or the sql of a sql.begin callback, to fromPostgresJs.';

/**
 * Creates a driver for Postgres.js: for its `sql`, or for the `sql` of a `sql.begin` callback inside that transaction. When the server ends a
 * connection, Postgres.js 3.4.9 itself throws errors that cannot be caught: while it reads array types, which `fetch_types: false`
 * prevents, and in a `sql.begin` of the host's own.
 */
export function fromPostgresJs(sql: PostgresJs | PostgresJsTransaction, options?: TransactionOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(sql, { methods: ['unsafe'], advice: ADVICE }, issues);
      checkClientOptions(options, {}, issues);
    },
    () => ofPostgresJs(sql, options),
  );
}

function ofPostgresJs(sql: PostgresJs | PostgresJsTransaction, options: TransactionOptions | undefined): SqlDriver {
  const client = {
    database: databaseOf(sql as PostgresJs),
    transaction: () => transactionOf(sql, {}),
    // Each transaction has functions of its own.
    transactionKey: () => (isDatabase(sql) ? undefined : sql.unsafe),
    advice: ADVICE,
  };
  return clientDriver(client, options);
}

function isDatabase(sql: PostgresJs | PostgresJsTransaction): sql is PostgresJs {
  return typeof (sql as PostgresJs).begin === 'function';
}

function databaseOf(sql: PostgresJs): Database {
  return {
    dialect: 'postgres',
    run: runOn(sql),
    async open(body) {
      const state: ConnectionState = {};
      const begin = (work: (inside: PostgresJsTransaction) => Promise<void>) =>
        recordingRejection(state, sql.begin('isolation level read committed', work));
      await settleUnlessLost(state, begin, (inside) => body(transactionOf(inside, state)));
    },
  };
}

/** Postgres.js rolls back a callback in which any statement failed, so savepoints must be those of Postgres.js. */
function transactionOf(sql: PostgresJsTransaction, state: ConnectionState): OpenTransaction {
  const connection = { dialect: 'postgres', run: runOn(sql, state) } as const;
  const { savepoint } = sql;
  if (!savepoint) return connection;
  return {
    ...connection,
    open: (body) => settleUnlessLost(state, savepoint, (inside) => body(transactionOf(inside, state))),
  };
}

function runOn(sql: PostgresJsTransaction, state?: ConnectionState) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> => [
    ...(await recordingLoss(state, () => sql.unsafe(text, [...parameters] as never[]))),
  ];
}
