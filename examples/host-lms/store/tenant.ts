import type { Pglite, PgliteTransaction, SqlDriver } from 'smart-enrolments/sql';

/** Whom the pages' statements run as: unlike the owner of the tables, row-level security binds it. */
const ROLE = 'lms';

/**
 * The database as one tenant has it: a statement that says nothing of tenants reads, changes and adds this tenant's rows alone.
 * It lasts as long as a transaction, for all tenants share the one connection.
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

/** Opens each table that has a tenant to this tenant alone, the library's too. One that has none stays closed to all pages. */
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
  // The version of the library's tables is everyone's.
  await db.query(`GRANT SELECT ON smart_enrolments_schema TO ${ROLE}`);
}
