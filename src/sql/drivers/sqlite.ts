import type { SqlDriver, SqlParameter } from '../driver.js';
import { beginAndCommit } from './begin.js';
import { Inside } from './inside.js';
import { outsideDriver } from './outside.js';
import type { InsidePlace } from './place.js';
import { patiently } from './sqlite-busy.js';
import { Turns } from './turns.js';

/** Options of the wrappers for SQLite. */
export interface SqliteOptions {
  /** How long to wait for what another connection or process holds, in milliseconds; 10,000 unless told. */
  readonly busyTimeout?: number;
}

/** The same, to be checked. */
export const SQLITE_OPTIONS = { counts: ['busyTimeout'] };

/** A synchronous client of SQLite, which is one connection. */
export interface SqliteConnection {
  /** What stands for the connection, however many drivers are made of it. */
  readonly key: object;
  all(text: string, parameters: readonly (string | number | bigint | null)[]): unknown[];
  /** Whether a transaction is open on it, whoever began it. */
  isOpen(): boolean;
}

/** Who is on a connection; drivers made of the same one take turns. */
const turnsOf = new WeakMap<object, Turns>();

/** The driver of one synchronous connection: others wait while a transaction is open on it, without blocking the process. */
export function sqliteDriver(connection: SqliteConnection, { busyTimeout = 10_000 }: SqliteOptions = {}): SqlDriver {
  const turns = turnsOf.get(connection.key) ?? new Turns();
  turnsOf.set(connection.key, turns);
  const run = (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    patiently(connection, busyTimeout, () => connection.all(text, exact(parameters)));
  const inside: InsidePlace = { dialect: 'sqlite', run, isGone: () => !connection.isOpen() };
  // A transaction that is open while nobody of ours is on the connection is the host's.
  if (!turns.taken && connection.isOpen()) return new Inside(inside, {});
  return outsideDriver({
    dialect: 'sqlite',
    run: (text, parameters) => turns.take(() => run(text, parameters)),
    open: (body) =>
      turns.take(() => {
        if (connection.isOpen())
          throw new Error('The host has begun a transaction on this connection: make a driver of it inside that one.');
        return beginAndCommit(
          run,
          ['BEGIN IMMEDIATE'],
          () => body(inside),
          () => undefined,
        );
      }),
  });
}

/** Clients of SQLite send every number as a fraction, which is "5.0" as text; a bigint arrives whole. */
export function exact(parameters: readonly SqlParameter[]): (string | number | bigint | null)[] {
  return parameters.map((each) => (Number.isSafeInteger(each) ? BigInt(each as number) : each));
}
