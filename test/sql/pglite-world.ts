import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from '../../src/sql/drivers/pglite.js';
import type { SqlDriver } from '../../src/sql/index.js';
import type { World } from '../../src/testkit/index.js';
import { checkAssignments, clientsOf, dropLms, emptyLms, makeLms } from './lms.js';

let pglite: Promise<PGlite> | undefined;
let worlds = 0;
/** Prefixes of empty tables. */
const empty: string[] = [];

/** The one PGlite of all suites in a file, since creating one takes seconds. */
export function pgliteClient(): Promise<PGlite> {
  pglite ??= PGlite.create();
  return pglite;
}

/** A driver for it. */
export async function pgliteDriver(): Promise<SqlDriver> {
  return fromPglite(await pgliteClient());
}

/** Opens it for the tables of one suite. */
export const openPglite = (prefix: string) => async () => ({
  ...{ db: await pgliteDriver(), prefix },
  close: async () => undefined,
});

/** Closes it; the next driver is for a new one. */
export async function closePglite(): Promise<void> {
  await (await pglite)?.close();
  pglite = undefined;
  empty.length = 0;
}

/** Opens a separate, empty world under its own prefix in the one PGlite, in new tables or in those of a world that was cleaned up. */
export async function pgliteWorld(): Promise<World> {
  const driver = await pgliteDriver();
  const prefix = empty.pop() ?? (await newTables(driver));
  return {
    ...clientsOf(() => driver, prefix),
    cleanup: async () => {
      await checkAssignments(driver, prefix);
      await emptyLms(driver, prefix);
      empty.push(prefix);
    },
  };
}

async function newTables(driver: SqlDriver): Promise<string> {
  const prefix = `w${worlds++}_`;
  await makeLms(driver, prefix);
  return prefix;
}

/** Opens a world whose tables do without the table of assignments. */
export async function worldWithoutAssignments(): Promise<World> {
  const [driver, prefix] = [await pgliteDriver(), `w${worlds++}_`];
  const options = { assignmentsTable: false };
  await makeLms(driver, prefix, options);
  return { ...clientsOf(() => driver, prefix, driver, options), cleanup: () => dropLms(driver, prefix) };
}
