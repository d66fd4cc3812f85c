import type { LearnerId } from '../model/ids.js';
import { openTransaction } from './open-transaction.js';
import { addRows, checkIdKind, lockRows, possibleIds } from './store/learner-rows.js';
import { checkSchemaOnce } from './store/schema-row.js';
import { retrying } from './transaction/retry.js';
import type { CatalogLock, Session } from './transaction/session.js';

/**
 * Runs work in a transaction that locks the catalog first, and then these learners, by their rows in the library's table, until it ends. Rows that
 * do not exist are created. Outside a host transaction, the work runs again if the database rolls it back in favour of another transaction.
 */
export async function inTransaction<T>(
  session: Session,
  ids: readonly LearnerId[],
  lock: CatalogLock | undefined,
  work: (inside: Session) => Promise<T>,
): Promise<T> {
  session.throwIfEnded();
  await checkSchemaOnce(session);
  checkIdKind(session, ids);
  const wanted = possibleIds(session, ids);
  const attempt = async (): Promise<T> => {
    for (;;) {
      try {
        return await openTransaction(session, lock, async (inside) => {
          await lockLearners(inside, wanted);
          return work(inside);
        });
      } catch (error) {
        if (!(error instanceof MissingRows)) throw error;
        // Rows are created beforehand, and outside the host's transactions they are committed: if they were created after others are locked,
        // two transactions could wait for each other's rows.
        await addRows(session, error.ids);
      }
    }
  };
  return session.db.inTransaction ? attempt() : retrying(attempt);
}

/** Locks the learners who are not locked yet. Throws {@link MissingRows} if rows have to be created outside the transaction. */
async function lockLearners(inside: Session, ids: readonly LearnerId[]): Promise<void> {
  const others = ids.filter((id) => inside.held(id) === undefined);
  inside.recordLocks(others);
  if (others.length === 0) return;
  const missing = await lockRows(inside, others);
  if (missing.length === 0) return;
  // SQLite has one writer.
  if (inside.db.dialect !== 'sqlite') throw new MissingRows(missing);
  await addRows(inside, missing);
  await lockRows(inside, missing);
}

/** Some learners have no row to lock, since nothing is stored for them yet. */
class MissingRows extends Error {
  constructor(readonly ids: readonly LearnerId[]) {
    super('Some learners have no row to lock.');
  }
}
