import type { LearnerId } from '../model/ids.js';
import { openTransaction } from './open-transaction.js';
import { addRows, checkIdKind, lockRows, possibleIds } from './store/learner-rows.js';
import { checkSchemaOnce } from './store/schema-row.js';
import { retrying } from './transaction/retry.js';
import type { Session } from './transaction/session.js';

/**
 * Runs work in a transaction that locks these learners, by their rows in the library's table, until it ends. Rows that do not exist are created.
 * Outside a host transaction, the work runs again if the database rolls it back in favour of another transaction.
 */
export async function withLockedLearners<T>(
  session: Session,
  ids: readonly LearnerId[],
  work: (inside: Session) => Promise<T>,
): Promise<T> {
  session.throwIfEnded();
  await checkSchemaOnce(session);
  checkIdKind(session, ids);
  const wanted = possibleIds(session, ids);
  const attempt = (): Promise<T> =>
    openTransaction(session, async (inside) => {
      await lockLearners(session, inside, wanted);
      return work(inside);
    });
  if (session.db.inTransaction) return attempt();
  return retrying(async () => {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof MissingRows)) throw error;
        // Rows are created beforehand and commit immediately: created under locks, two transactions could wait for each other's rows.
        await addRows(session, error.ids);
      }
    }
  });
}

/** Locks the learners who are not locked yet. Throws {@link MissingRows} if rows have to be created outside the transaction. */
async function lockLearners(outer: Session, inside: Session, ids: readonly LearnerId[]): Promise<void> {
  const others = ids.filter((id) => inside.held(id) === undefined);
  inside.recordLocks(others);
  let missing = others.length > 0 ? await lockRows(inside, others) : [];
  while (missing.length > 0) {
    if (!outer.db.inTransaction && outer.db.dialect !== 'sqlite') throw new MissingRows(missing);
    await addRows(inside, missing);
    // Another transaction may delete a row while this one waits for its lock.
    missing = await lockRows(inside, missing);
  }
}

/** Some learners have no row to lock, since nothing is stored for them yet. */
class MissingRows extends Error {
  constructor(readonly ids: readonly LearnerId[]) {
    super('Some learners have no row to lock.');
  }
}
