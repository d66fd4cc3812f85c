import { explained } from './explained.js';
import { ask, NO_DISK, run, sql } from './fragment.js';
import { deleteRows } from './learner-rows.js';
import { Session } from './session.js';

/** Opens a transaction, or a savepoint in the one that is open, and runs work in it. */
export async function openTransaction<T>(session: Session, work: (inside: Session) => Promise<T>): Promise<T> {
  if (session.db.inTransaction && !session.outer && !session.db.isReadCommitted) await checkIsolation(session);
  let inside: Session | undefined;
  let well = false;
  let failed: { readonly error: unknown } | undefined;
  try {
    const answer = await session.db.transaction(async (db) => {
      inside = new Session(session.setting, db, session);
      if (!session.db.inTransaction) await setTimeouts(inside);
      const answer = await work(inside).catch((error: unknown) => {
        failed = { error };
        throw error;
      });
      inside.checkWhole();
      if (!session.outer) await deleteRows(inside, inside.unknown);
      if (!session.db.inTransaction && !inside.wrote) await needNoDisk(db);
      return answer;
    });
    well = true;
    return answer;
  } catch (error) {
    // What the work says of itself is nobody else's to explain.
    throw failed && failed.error === error ? error : explained(error);
  } finally {
    inside?.end(well);
  }
}

async function setTimeouts({ db, setting: { lockTimeout, statementTimeout } }: Session): Promise<void> {
  if (db.dialect !== 'postgres') return;
  await run(
    db,
    sql`SELECT set_config('lock_timeout', ${String(lockTimeout)}, true), set_config('statement_timeout', ${String(statementTimeout)}, true)`,
  );
}

/** Locks alone are written to the log as well, and no disk need be waited for to forget them. */
async function needNoDisk(db: Session['db']): Promise<void> {
  if (db.dialect === 'postgres') await run(db, sql`SELECT ${NO_DISK}`);
}

/** A transaction that does not see what others commit meanwhile would decide on facts that are no more. */
async function checkIsolation({ db }: Session): Promise<void> {
  const found = await isolation(db);
  if (found === undefined || /^read.committed$/iu.test(found)) return;
  throw new Error(
    `The host's transaction is ${found}, which does not see what others commit meanwhile, after its locks were granted: begin it READ COMMITTED${
      db.dialect === 'mysql'
        ? ', and set that for the session (SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED)'
        : ''
    }.`,
  );
}

async function isolation(db: Session['db']): Promise<string | undefined> {
  if (db.dialect === 'postgres') {
    const [found] = await ask<string>(
      db,
      sql`SELECT CAST(to_json(current_setting('transaction_isolation')) AS text) AS j`,
    );
    return found;
  }
  if (db.dialect === 'sqlite') return undefined;
  const rows = await run<Record<string, string>>(
    db,
    sql`SHOW VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`,
  );
  return rows.map(({ Value, value }) => Value ?? value)[0];
}
