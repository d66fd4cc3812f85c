import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database, OpenTransaction } from './base/connection.js';
import { queueByKey } from './base/job-queue.js';
import type { TransactionOptions } from './base/transaction-options.js';
import { wholeNumbersAsBigint } from './sqlite/sqlite.js';
import { retryingWhileBusy } from './sqlite/sqlite-busy.js';

interface LibsqlResult {
  /** The names of the columns. */
  readonly columns: readonly string[];
  /** The rows, whose values have the index of their column. */
  readonly rows: readonly ArrayLike<unknown>[];
}

/** What libSQL's `Client` and `Transaction` have in common. */
interface LibsqlQueryable {
  /** Runs one statement. */
  execute(statement: { sql: string; args: (string | number | bigint | null)[] }): Promise<LibsqlResult>;
}

/** The part of a libSQL `Transaction` that the driver uses. */
export interface LibsqlTransaction extends LibsqlQueryable {
  /** Whether it has ended. */
  readonly closed: boolean;
  /** Runs statements as text. */
  executeMultiple(text: string): Promise<void>;
  /** Commits it. */
  commit(): Promise<void>;
  /** Rolls it back, if it has not ended. */
  close(): void;
}

/** The part of a libSQL `Client` that the driver uses. */
export interface LibsqlClient extends LibsqlQueryable {
  /** How it reaches the database; `file` for one in a file or in memory. */
  readonly protocol: string;
  /** Begins a transaction. */
  transaction(mode: 'write' | 'deferred'): Promise<LibsqlTransaction>;
}

/** Options of `fromLibsql`. */
export interface LibsqlOptions extends TransactionOptions {
  /** How long to wait for another connection's or process's transaction to end, in milliseconds. Default 10,000. */
  readonly busyTimeout?: number;
}

const ADVICE = "Pass a libSQL Client, or a Transaction of client.transaction('write'), to fromLibsql.";

/** The queue of each client; drivers for the same client take turns. */
const queueOf = queueByKey();

/**
 * Creates a driver for libSQL (`@libsql/client`): for a `Client`, or for a `Transaction` that the host began. SQLite has one writer, so calls made
 * on the client while a transaction of the driver is open wait until it has ended. Leave the client's own `timeout` out, since it
 * blocks the process: the driver waits by itself.
 */
export function fromLibsql(db: LibsqlClient | LibsqlTransaction, options?: LibsqlOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['execute'], advice: ADVICE }, issues);
      checkClientOptions(options, { counts: ['busyTimeout'] }, issues);
    },
    (fail) => {
      if (!isClient(db) && typeof db.commit !== 'function')
        return fail(`It has neither transaction nor commit. ${ADVICE}`);
      return ofLibsql(db, options);
    },
  );
}

function ofLibsql(db: LibsqlClient | LibsqlTransaction, options: LibsqlOptions = {}): SqlDriver {
  const { busyTimeout = 10_000 } = options;
  const client = {
    database: databaseOf(db as LibsqlClient, busyTimeout),
    transaction: () => transactionOf(db as LibsqlTransaction),
    transactionKey: () => (isClient(db) ? undefined : db),
    advice: ADVICE,
  };
  return clientDriver(client, options);
}

function isClient(db: LibsqlClient | LibsqlTransaction): db is LibsqlClient {
  return typeof (db as LibsqlClient).transaction === 'function';
}

/** Statements that need the write lock. */
const WRITES = /^\s*(?:insert|update|delete|replace|create|alter|drop|with\b.*\b(?:insert|update|delete|replace))\b/isu;

function databaseOf(client: LibsqlClient, busyTimeout: number): Database {
  const queue = queueOf(client);
  const locked = async <T>(body: (tx: LibsqlTransaction) => Promise<T>): Promise<T> => {
    const tx = await retryingWhileBusy(busyTimeout, () => begin(client));
    try {
      const result = await body(tx);
      await commit(client, tx, busyTimeout);
      return result;
    } finally {
      tx.close();
    }
  };
  return {
    dialect: 'sqlite',
    run: (text, parameters) =>
      queue.run(() =>
        isFile(client) && WRITES.test(text)
          ? locked((tx) => run(tx, text, parameters))
          : retryingWhileBusy(busyTimeout, () => run(client, text, parameters)),
      ),
    open: (body) => queue.run(() => locked((tx) => body(transactionOf(tx)))),
  };
}

const isFile = ({ protocol }: LibsqlClient): boolean => protocol === 'file';

/**
 * Begins a transaction with the write lock. On a file, a writing statement that waits for the lock in vain stays in progress on its connection, which then
 * cannot commit, until it is garbage-collected. One that `executeMultiple` runs does not.
 */
async function begin(client: LibsqlClient): Promise<LibsqlTransaction> {
  if (!isFile(client)) return client.transaction('write');
  const tx = await client.transaction('deferred');
  try {
    await tx.executeMultiple('COMMIT; BEGIN IMMEDIATE');
    return tx;
  } catch (error) {
    tx.close();
    throw error;
  }
}

/** On a file, a COMMIT that a reader delays can be repeated, but `commit` rolls back if it cannot commit immediately. */
async function commit(client: LibsqlClient, tx: LibsqlTransaction, busyTimeout: number): Promise<void> {
  if (isFile(client)) await retryingWhileBusy(busyTimeout, () => tx.executeMultiple('COMMIT'));
  else await tx.commit();
}

function transactionOf(tx: LibsqlTransaction): OpenTransaction {
  return {
    dialect: 'sqlite',
    run: (text, parameters) => run(tx, text, parameters),
    isRolledBack: () => tx.closed,
  };
}

async function run(db: LibsqlQueryable, sql: string, parameters: readonly SqlParameter[]): Promise<unknown[]> {
  const { columns, rows } = await db.execute({ sql, args: wholeNumbersAsBigint(parameters) });
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, plain(row[i])])));
}

/** Integers are bigints if the client was created with `intMode: 'bigint'`. */
function plain(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
