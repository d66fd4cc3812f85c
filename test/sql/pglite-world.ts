import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from '../../src/sql/drivers/pglite.js';
import type { SqlDriver } from '../../src/sql/index.js';
import type { World } from '../../src/testkit/index.js';
import { clientsOf, dropLms, makeLms } from './lms.js';

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
  await makeLms(driver, prefix);
  return { ...clientsOf(() => driver, prefix), cleanup: () => dropLms(driver, prefix) };
}
