import type { SqlDriver, SqlParameter } from '../../statement/driver.js';
import { beginAndCommit } from '../base/begin-and-commit.js';
import { databaseDriver } from '../base/client-driver.js';
import type { OpenTransaction } from '../base/connection.js';
import { queueByKey } from '../base/job-queue.js';
import { TransactionDriver } from '../base/transaction-driver.js';
import { retryingWhileBusy, withoutBusyTimeout } from './sqlite-busy.js';
import type { SqliteConnection } from './sqlite-connection.js';

/** Options of `fromBetterSqlite3` and `fromNodeSqlite`. */
export interface SqliteOptions {
  /** How long to wait for a lock that another connection or process holds, in milliseconds. Default 10,000. */
  readonly busyTimeout?: number;
}

/** The names of these options, for {@link checkClientOptions}. */
export const SQLITE_OPTIONS = { counts: ['busyTimeout'], transactions: false } as const;

/** The queue of each connection; drivers for the same connection take turns. */
const queueOf = queueByKey();
/** The queue of the savepoints in a host's transaction on each connection. */
const savepointsOf = queueByKey();

/** The driver of one synchronous connection: other calls wait while a transaction is open on it, without blocking the process. */
export function sqliteDriver(connection: SqliteConnection, { busyTimeout = 10_000 }: SqliteOptions = {}): SqlDriver {
  const queue = queueOf(connection.key);
  const run = (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    retryingWhileBusy(busyTimeout, () =>
      withoutBusyTimeout(connection, () => connection.all(text, wholeNumbersAsBigint(parameters))),
    );
  const inside: OpenTransaction = { dialect: 'sqlite', run, isRolledBack: () => !connection.isOpen() };
  // A transaction that is open while no driver uses the connection is the host's.
  if (!queue.isInUse && connection.isOpen())
    return new TransactionDriver(inside, {}, { isReadCommitted: true, savepoints: savepointsOf(connection.key) });
  return databaseDriver({
    dialect: 'sqlite',
    run: (text, parameters) => queue.run(() => run(text, parameters)),
    open: (body) =>
      queue.run(() => {
        if (connection.isOpen())
          throw new Error(
            'A transaction that the host began is open on this connection. Create the driver inside that transaction.',
          );
        return beginAndCommit(
          run,
          ['BEGIN IMMEDIATE'],
          () => body(inside),
          () => undefined,
        );
      }),
  });
}

/** SQLite clients send every number as a real, which is "5.0" as text; a bigint is sent as an integer. */
export function wholeNumbersAsBigint(parameters: readonly SqlParameter[]): (string | number | bigint | null)[] {
  return parameters.map((each) => (Number.isSafeInteger(each) ? BigInt(each as number) : each));
}
