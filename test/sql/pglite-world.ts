import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from '../../src/sql/drivers/pglite.js';
import { migrate, type SqlDriver } from '../../src/sql/index.js';
import type { World } from '../../src/testkit/index.js';
import { openLms } from './lms.js';
import { lmsTablesSql } from './lms-tables.js';

/** One PGlite for a suite: a world is a prefix in it. */
export class PgliteWorlds {
  #pglite: Promise<PGlite> | undefined;
  #count = 0;

  async driver(): Promise<SqlDriver> {
    this.#pglite ??= PGlite.create();
    return fromPglite(await this.#pglite);
  }

  /** Makes a world of its own, with the tables of an LMS and the library's. */
  async create(): Promise<World> {
    const driver = await this.driver();
    const prefix = `w${this.#count++}_`;
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

  async close(): Promise<void> {
    await (await this.#pglite)?.close();
  }
}

async function tablesOf(driver: SqlDriver, prefix: string): Promise<string[]> {
  const rows = await driver.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE tablename LIKE '${prefix.replaceAll('_', '\\_')}%'`,
  );
  return rows.map(({ name }) => name);
}
