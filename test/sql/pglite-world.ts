import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from '../../src/sql/drivers/pglite.js';
import { migrate, type SqlDriver } from '../../src/sql/index.js';
import type { World } from '../../src/testkit/index.js';
import { openLms } from './lms.js';
import { lmsTablesSql } from './lms-tables.js';

let pglite: Promise<PGlite> | undefined;
let worlds = 0;

/** The one PGlite of all suites in a file, since making one takes seconds. */
export async function pgliteDriver(): Promise<SqlDriver> {
  pglite ??= PGlite.create();
  return fromPglite(await pglite);
}

/** Ends it; the next driver is of another. */
export async function closePglite(): Promise<void> {
  await (await pglite)?.close();
  pglite = undefined;
}

/** Makes a world of its own, with the tables of an LMS and the library's: a prefix in the one PGlite. */
export async function pgliteWorld(): Promise<World> {
  const driver = await pgliteDriver();
  const prefix = `w${worlds++}_`;
  for (const statement of lmsTablesSql('postgres', prefix)) await driver.query(statement);
  await migrate(driver, { prefix: `${prefix}se_` });
  const open = (): World => ({
    ...openLms(driver, prefix),
    reopen: async () => open(),
    cleanup: async () => {
      for (const table of await tablesOf(driver, prefix)) await driver.query(`DROP TABLE IF EXISTS "${table}"`);
    },
  });
  return open();
}

async function tablesOf(driver: SqlDriver, prefix: string): Promise<string[]> {
  const rows = await driver.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE tablename LIKE '${prefix.replaceAll('_', '\\_')}%'`,
  );
  return rows.map(({ name }) => name);
}
