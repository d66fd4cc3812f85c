import { withAdvice } from './statement/advice.js';
import { queryJson, run, SKIP_FSYNC, sql } from './statement/fragment.js';
import { lockCatalog } from './store/catalog-lock.js';
import { deleteRows } from './store/learner-rows.js';
import { type CatalogLock, Session } from './transaction/session.js';

/** Opens a transaction, or a savepoint in the open one, locks the catalog first, and runs work. */
export async function openTransaction<T>(
  session: Session,
  lock: CatalogLock | undefined,
  work: (inside: Session) => Promise<T>,
): Promise<T> {
  const isHosts = session.db.inTransaction && !session.outer;
  if (isHosts && !session.db.isReadCommitted) await checkIsolation(session);
  // In the host's transaction itself: a savepoint that is rolled back would release the lock.
  if (isHosts && lock) await lockCatalog(session, lock);
  let inside: Session | undefined;
  let isCommitted = false;
  let failed: { readonly error: unknown } | undefined;
  try {
    const result = await session.db.transaction(async (db) => {
      inside = new Session(session.store, db, session);
      // A driver that looks like a database may still run in a transaction of the host's.
      const isOwn = !session.outer && !db.isHostsTransaction;
      if (isOwn) await setTimeouts(inside);
      if (lock && isHosts) inside.recordCatalogLock(session.catalogLockFor(lock));
      else if (lock) await lockCatalog(inside, lock);
      const result = await work(inside).catch((error: unknown) => {
        failed = { error };
        throw error;
      });
      inside.throwIfFailed();
      if (!session.outer) await deleteRows(inside, inside.lockedWithoutLearner);
      if (isOwn && !inside.hasWritten) await skipFsync(db);
      return result;
    });
    isCommitted = true;
    return result;
  } catch (error) {
    // The work's own errors get no advice here.
    throw failed && failed.error === error ? error : withAdvice(error, session.db.isHostsTransaction);
  } finally {
    inside?.end(isCommitted);
  }
}

async function setTimeouts({ db, store: { lockTimeout, statementTimeout } }: Session): Promise<void> {
  if (db.dialect !== 'postgres') return;
  await run(
    db,
    sql`SELECT set_config('lock_timeout', ${String(lockTimeout)}, true), set_config('statement_timeout', ${String(statementTimeout)}, true)`,
  );
}

/** Postgres writes row locks to its log too. A transaction that only locked need not wait for the disk: nothing would be lost. */
async function skipFsync(db: Session['db']): Promise<void> {
  if (db.dialect === 'postgres') await run(db, sql`SELECT ${SKIP_FSYNC}`);
}

/** Rejects an isolation level that does not see concurrent commits: the transaction would decide on outdated facts. */
async function checkIsolation({ db }: Session): Promise<void> {
  const found = await isolation(db);
  if (found === undefined || /^read.committed$/iu.test(found)) return;
  const isMysql = db.dialect === 'mysql';
  const what = isMysql ? "The session's isolation level is" : "The host's transaction is";
  const fix = isMysql
    ? 'Set it for the session (SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED). Or, if your transaction begins with that level, create the driver with { isReadCommitted: true }: MySQL does not show the level of a transaction.'
    : 'Begin it as READ COMMITTED.';
  throw new Error(
    `${what} ${found}: a transaction of that level does not see what others committed before its locks were granted. ${fix}`,
  );
}

async function isolation(db: Session['db']): Promise<string | undefined> {
  if (db.dialect === 'postgres') {
    const [found] = await queryJson<string>(
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
