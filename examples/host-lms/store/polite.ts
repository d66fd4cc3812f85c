import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { Pglite, PgliteTransaction } from 'smart-enrolments/sql';

/**
 * PGlite works on the thread that serves the pages too, and never lets go of it between two statements. Here each statement first
 * lets in what waits, so that pages are answered while everyone is reconciled.
 */
export function polite(pglite: PGlite): Pglite {
  return {
    ...politely(pglite),
    transaction: (work) => pglite.transaction((tx) => work(politely(tx))),
  };
}

function politely(db: PgliteTransaction): PgliteTransaction {
  return {
    async query(text, parameters) {
      await setImmediate();
      return db.query(text, parameters);
    },
  };
}
