import type { SqlDriver, SqlParameter } from '../statement/driver.js';
import { checkClient, driverOf } from './base/check-client.js';
import { databaseDriver, hostTransactionDriver } from './base/database-driver.js';

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
export function fromPglite(db: Pglite | PgliteTransaction): SqlDriver {
  return driverOf(
    (issues) => checkClient(db, { methods: ['query'], advice: ADVICE }, issues),
    () => (isDatabase(db) ? ofPglite(db) : hostTransactionDriver({ dialect: 'postgres', run: runOn(db) }, ADVICE)),
  );
}

function ofPglite(db: Pglite): SqlDriver {
  return databaseDriver({
    dialect: 'postgres',
    run: runOn(db),
    async open(body) {
      await db.transaction(async (tx) => {
        const run = runOn(tx);
        await run('SET TRANSACTION ISOLATION LEVEL READ COMMITTED', []);
        await body({ dialect: 'postgres', run });
      });
    },
  });
}

function isDatabase(db: Pglite | PgliteTransaction): db is Pglite {
  return 'transaction' in db;
}

function runOn(db: PgliteTransaction) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    (await db.query(text, [...parameters])).rows;
}
