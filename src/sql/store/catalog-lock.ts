import { onConflict } from '../statement/dialect.js';
import { run, sql } from '../statement/fragment.js';
import type { Session } from '../transaction/session.js';

/** Takes a shared lock on the catalog until the transaction ends. Reads from now on see at least its current state. */
export async function lockCatalogShared(session: Session): Promise<void> {
  const { db, store } = session;
  if (db.dialect === 'postgres')
    await run(db, sql`SELECT CAST(pg_advisory_xact_lock_shared(hashtextextended(${keyOf(session)}, 0)) AS text)`);
  else if (db.dialect === 'mysql') {
    const { tables, tenant } = store;
    const found = await run(
      db,
      sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} LOCK IN SHARE MODE`,
    );
    if (found.length === 0) await lockCatalogExclusive(session);
  }
}

/** Takes an exclusive lock on the catalog until the transaction ends; waits for the shared locks of other transactions. */
export async function lockCatalogExclusive(session: Session): Promise<void> {
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
