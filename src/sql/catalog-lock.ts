import { unlessThere } from './dialect.js';
import { run, sql } from './fragment.js';
import type { Session } from './session.js';

/** Holds the catalog still until the transaction ends, together with others who do. What is read from now on is at least as new. */
export async function shareCatalog(session: Session): Promise<void> {
  const { db, setting } = session;
  if (db.dialect === 'postgres')
    await run(db, sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(${keyOf(session)}, 0))`);
  else if (db.dialect === 'mysql') {
    const { tables, tenant } = setting;
    const found = await run(
      db,
      sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} LOCK IN SHARE MODE`,
    );
    if (found.length === 0) await claimCatalog(session);
  }
}

/** Waits until no other transaction holds the catalog still, and keeps all others off until this one ends. */
export async function claimCatalog(session: Session): Promise<void> {
  const { db, setting } = session;
  if (db.dialect === 'postgres')
    await run(db, sql`SELECT pg_advisory_xact_lock(hashtextextended(${keyOf(session)}, 0))`);
  else if (db.dialect === 'mysql') {
    const { tables, tenant } = setting;
    // There has to be a row before it can be locked.
    await run(
      db,
      sql`INSERT INTO ${tables.catalog} (tenant, revision, content_id) VALUES (${tenant}, 0, '') ${unlessThere('mysql', 'tenant')}`,
    );
    await run(db, sql`SELECT revision FROM ${tables.catalog} WHERE tenant = ${tenant} FOR UPDATE`);
  }
}

function keyOf({ setting: { prefix = '', tenant } }: Session): string {
  return `smart-enrolments catalog ${prefix} ${tenant}`;
}
