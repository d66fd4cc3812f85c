import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { OpenTransaction } from './base/connection.js';
import { setReadCommitted } from './base/set-read-committed.js';
import type { TransactionOptions } from './base/transaction-options.js';

/** The part of the `tx` in PGlite's transaction callback that the driver uses. */
export interface PgliteTransaction {
  /** Runs one statement. */
  query(text: string, parameters?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

/** The part of a `PGlite` that the driver uses. */
export interface Pglite extends PgliteTransaction {
  /** Runs work in a transaction. */
  transaction(work: (tx: PgliteTransaction) => Promise<void>): Promise<unknown>;
}

const ADVICE = 'Pass a PGlite instance, or the tx of its transaction callback, to fromPglite.';

/**
 * Creates a driver for PGlite, or for one of its transactions. PGlite has one connection: while a transaction is open, statements outside
 * it wait. So inside a transaction, use only the driver that its callback receives.
 */
export function fromPglite(db: Pglite | PgliteTransaction, options?: TransactionOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(db, { methods: ['query'], advice: ADVICE }, issues);
      checkClientOptions(options, {}, issues);
    },
    () => ofPglite(db, options),
  );
}

function ofPglite(db: Pglite | PgliteTransaction, options: TransactionOptions | undefined): SqlDriver {
  const client = {
    database: {
      dialect: 'postgres',
      run: runOn(db),
      async open(body: (inside: OpenTransaction) => Promise<void>) {
        await (db as Pglite).transaction(async (tx) => {
          const run = runOn(tx);
          await setReadCommitted(run, options);
          await body({ dialect: 'postgres', run });
        });
      },
    } as const,
    transaction: () => ({ dialect: 'postgres', run: runOn(db) }) as const,
    // Each transaction has functions of its own.
    transactionKey: () => (isDatabase(db) ? undefined : db.query),
    advice: ADVICE,
  };
  return clientDriver(client, options);
}

function isDatabase(db: Pglite | PgliteTransaction): db is Pglite {
  return typeof (db as Pglite).transaction === 'function';
}

function runOn(db: PgliteTransaction) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    (await db.query(text, [...parameters])).rows;
}
