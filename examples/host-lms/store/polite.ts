import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { Pglite, PgliteTransaction } from 'smart-enrolments/sql';

/**
 * PGlite runs on the thread that also serves the pages, and does not yield between two statements. Here each statement first yields
 * to waiting work, so that pages are served during a reconcile.
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
