import type { Pglite, PgliteTransaction, SqlDriver } from 'smart-enrolments/sql';

/** The database role of the pages' statements: unlike the owner of the tables, it is subject to row-level security. */
const ROLE = 'lms';

/**
 * The database as seen by one tenant: a statement without a tenant reads, changes and adds only the rows of this tenant.
 * The setting lasts for one transaction, because all tenants share one connection.
 */
export function asTenant(tenant: string, pglite: Pglite): Pglite {
  const transaction = (work: (tx: PgliteTransaction) => Promise<void>): Promise<unknown> =>
    pglite.transaction(async (tx) => {
      await tx.query("SELECT set_config('role', $1, true), set_config('lms.tenant', $2, true)", [ROLE, tenant]);
      await work(tx);
    });
  return {
    transaction,
    async query(text, parameters) {
      let answer: { readonly rows: unknown[] } = { rows: [] };
      await transaction(async (tx) => {
        answer = await tx.query(text, parameters);
      });
      return answer;
    },
  };
}

/** Gives the tenant access to its own rows in each table with a tenant, the library's tables included. Tables without a tenant stay closed to all pages. */
export async function closeTables(db: SqlDriver): Promise<void> {
  const [role] = await db.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [ROLE]);
  if (!role) await db.query(`CREATE ROLE ${ROLE}`);
  const tables = await db.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant'",
  );
  for (const { name } of tables) {
    await db.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
    await db.query(`DROP POLICY IF EXISTS own ON ${name}`);
    await db.query(`CREATE POLICY own ON ${name} USING (tenant = (SELECT current_setting('lms.tenant')))`);
    await db.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO ${ROLE}`);
  }
  // All tenants share the version of the library's tables.
  await db.query(`GRANT SELECT ON smart_enrolments_schema TO ${ROLE}`);
}
