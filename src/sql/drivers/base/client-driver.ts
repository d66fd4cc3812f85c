import type { SqlDriver, SqlParameter } from '../../statement/driver.js';
import type { Database, OpenTransaction } from './connection.js';
import { JobQueue, queueByKey } from './job-queue.js';
import { runInTransaction } from './run-in-transaction.js';
import { TransactionDriver } from './transaction-driver.js';
import type { TransactionOptions } from './transaction-options.js';

/** What a wrapper implements for its client, which is a database or a transaction, or a proxy that is one or the other in each call. */
export interface WrappedClient {
  /** The client as a database. */
  readonly database: Database;
  /** Returns the client as a transaction that the host has begun. */
  transaction(): OpenTransaction;
  /**
   * Returns what identifies the transaction that the client is now, which is different for each transaction; undefined if the client is a
   * database now. Reads the client's properties anew: a proxy over AsyncLocalStorage is another client in each call.
   */
  transactionKey(): unknown;
  /**
   * Whether the client is a proxy that finds its transactions by itself, whose key is that of a connection: later transactions have the same. If left
   * out, a key belongs to one transaction.
   */
  readonly hasRecurringKeys?: boolean;
  /** What to pass instead, for the error if no transaction is open. */
  readonly advice: string;
}

/** The savepoints of a host's transaction run one after another, whichever of its drivers opens them. */
const savepointsOf = queueByKey();

function queueOf(key: unknown): JobQueue {
  const isObject = (typeof key === 'object' && key !== null) || typeof key === 'function';
  return isObject ? savepointsOf(key) : new JobQueue();
}

/** Creates the driver of a client. */
export function clientDriver(client: WrappedClient, options: TransactionOptions = {}): SqlDriver {
  const own = databaseDriver(client.database);
  const { inTransaction } = options;
  const isFixed = client.hasRecurringKeys !== true && typeof inTransaction !== 'function';
  // The key of a transaction that only the host knows of. Its savepoints wait for those of others that it states.
  const stated = {};
  const keyNow = (): unknown => {
    const key = client.transactionKey();
    if (key !== undefined) return key;
    return (typeof inTransaction === 'function' ? inTransaction() : inTransaction) ? stated : undefined;
  };
  const inHosts = (key: unknown): SqlDriver =>
    new TransactionDriver(
      client.transaction(),
      { advice: client.advice },
      { isReadCommitted: options.isReadCommitted === true, savepoints: queueOf(key) },
    );
  const createdIn = keyNow();
  const first = createdIn === undefined || !isFixed ? undefined : inHosts(createdIn);
  const current = (): SqlDriver => {
    const key = keyNow();
    if (first && key === createdIn) return first;
    return key === undefined ? own : inHosts(key);
  };
  const driver: SqlDriver = {
    dialect: client.database.dialect,
    get inTransaction() {
      return keyNow() !== undefined;
    },
    get isReadCommitted() {
      return keyNow() !== undefined && options.isReadCommitted === true;
    },
    query: <Row>(text: string, parameters?: readonly SqlParameter[]) => current().query<Row>(text, parameters),
    transaction: (work) => current().transaction(work),
  };
  // Not enumerable: a host's copy of this driver with another `query` must not be bypassed.
  return Object.defineProperty(driver, 'current', { value: current });
}

/** The driver of a database that opens its own transactions. */
export function databaseDriver(database: Database): SqlDriver {
  return {
    dialect: database.dialect,
    inTransaction: false,
    query: async <Row>(text: string, parameters: readonly SqlParameter[] = []) =>
      (await database.run(text, parameters)) as Row[],
    transaction: (work) => runInTransaction(database.open, (inside) => new TransactionDriver(inside, {}), work),
  };
}
