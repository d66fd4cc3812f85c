import { onConflict } from '../statement/dialect.js';
import { run, sql } from '../statement/fragment.js';
import type { CatalogLock, Session } from '../transaction/session.js';

/**
 * Locks the catalog until the transaction ends, unless that is done. Reads from now on see at least its current state. Every transaction takes this
 * lock first, in the mode that it will need, and only then locks learners: so no two transactions wait for each other.
 */
export async function lockCatalog(session: Session, wanted: CatalogLock): Promise<void> {
  const lock = session.catalogLockFor(wanted);
  if (session.hasLockedCatalog(lock)) return;
  await (lock === 'exclusive' ? lockExclusive(session) : lockShared(session));
  session.recordCatalogLock(lock);
}

async function lockShared(session: Session): Promise<void> {
  const { db, store } = session;
  if (db.dialect === 'postgres')
    await run(db, sql`SELECT CAST(pg_advisory_xact_lock_shared(hashtextextended(${keyOf(session)}, 0)) AS text)`);
  else if (db.dialect === 'mysql') {
    const { tables, tenant } = store;
    const found = await run(
      db,
      sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} LOCK IN SHARE MODE`,
    );
    if (found.length === 0) await lockExclusive(session);
  }
}

/** Waits for the shared locks of other transactions. */
async function lockExclusive(session: Session): Promise<void> {
  const { db, store } = session;
  if (db.dialect === 'postgres')
    await run(db, sql`SELECT CAST(pg_advisory_xact_lock(hashtextextended(${keyOf(session)}, 0)) AS text)`);
  else if (db.dialect === 'mysql') {
    const { tables, tenant } = store;
    // The row must exist before it can be locked.
    await run(
      db,
      sql`INSERT INTO ${tables.catalog} (tenant, revision, content_id) VALUES (${tenant}, 0, '') ${onConflict('mysql', 'tenant')}`,
    );
    await run(db, sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} FOR UPDATE`);
  }
}

function keyOf({ store: { prefix = '', tenant } }: Session): string {
  return `smart-enrolments catalog ${prefix} ${tenant}`;
}
