import type { SqlDriver, SqlParameter } from '../driver.js';
import { checkClient, driverOf } from './check-client.js';
import { hostDriver, outsideDriver } from './outside.js';

/** What is asked of the transaction that PGlite hands to the callback of `transaction`. */
export interface PgliteTransaction {
  /** Runs one statement. */
  query(text: string, parameters?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

/** What is asked of a `PGlite`. */
export interface Pglite extends PgliteTransaction {
  /** Runs work in a transaction. */
  transaction(work: (tx: PgliteTransaction) => Promise<void>): Promise<unknown>;
}

const ADVICE = 'Pass the PGlite itself to fromPglite, or what its transaction hands to its callback.';

/**
 * Runs on PGlite, or inside a transaction of it. PGlite is one connection: while a transaction is open on it, whoever
 * asks outside of it waits, so inside ask the driver that you were given.
 */
export function fromPglite(db: Pglite | PgliteTransaction): SqlDriver {
  return driverOf(
    (issues) => checkClient(db, { methods: ['query'], advice: ADVICE }, issues),
    () => (isWhole(db) ? ofPglite(db) : hostDriver({ dialect: 'postgres', run: runOn(db) }, ADVICE)),
  );
}

function ofPglite(db: Pglite): SqlDriver {
  return outsideDriver({
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

function isWhole(db: Pglite | PgliteTransaction): db is Pglite {
  return 'transaction' in db;
}

function runOn(db: PgliteTransaction) {
  return async (text: string, parameters: readonly SqlParameter[]): Promise<unknown[]> =>
    (await db.query(text, [...parameters])).rows;
}
