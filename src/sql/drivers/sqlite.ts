import type { SqlDriver, SqlParameter } from '../driver.js';
import { beginAndCommit } from './begin.js';
import { Inside } from './inside.js';
import { outsideDriver } from './outside.js';
import type { InsidePlace } from './place.js';
import { retryingWhileBusy } from './sqlite-busy.js';
import { Turns } from './turns.js';

/** Options of `fromBetterSqlite3` and `fromNodeSqlite`. */
export interface SqliteOptions {
  /** How long to wait for a lock that another connection or process holds, in milliseconds. Default 10,000. */
  readonly busyTimeout?: number;
}

/** The names of these options, for {@link checkClientOptions}. */
export const SQLITE_OPTIONS = { counts: ['busyTimeout'] };

/** A synchronous client of SQLite, which is one connection. */
export interface SqliteConnection {
  /** Identifies the connection, however many drivers are created for it. */
  readonly key: object;
  all(text: string, parameters: readonly (string | number | bigint | null)[]): unknown[];
  /** Whether a transaction is open on it, no matter what code began it. */
  isOpen(): boolean;
}

/** The queue of each connection; drivers for the same connection take turns. */
const turnsOf = new WeakMap<object, Turns>();

/** The driver of one synchronous connection: other calls wait while a transaction is open on it, without blocking the process. */
export function sqliteDriver(connection: SqliteConnection, { busyTimeout = 10_000 }: SqliteOptions = {}): SqlDriver {
  const turns = turnsOf.get(connection.key) ?? new Turns();
  turnsOf.set(connection.key, turns);
  const run = (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    retryingWhileBusy(connection, busyTimeout, () => connection.all(text, exact(parameters)));
  const inside: InsidePlace = { dialect: 'sqlite', run, isGone: () => !connection.isOpen() };
  // A transaction that is open while no driver uses the connection is the host's.
  if (!turns.taken && connection.isOpen()) return new Inside(inside, {});
  return outsideDriver({
    dialect: 'sqlite',
    run: (text, parameters) => turns.take(() => run(text, parameters)),
    open: (body) =>
      turns.take(() => {
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
export function exact(parameters: readonly SqlParameter[]): (string | number | bigint | null)[] {
  return parameters.map((each) => (Number.isSafeInteger(each) ? BigInt(each as number) : each));
}
