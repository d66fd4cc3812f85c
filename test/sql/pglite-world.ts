import { PGlite } from '@electric-sql/pglite';
import { fromPglite } from '../../src/sql/drivers/pglite.js';
import type { SqlDriver } from '../../src/sql/index.js';
import type { World } from '../../src/testkit/index.js';
import { clientsOf, dropLms, makeLms } from './lms.js';

let pglite: Promise<PGlite> | undefined;
let worlds = 0;

/** The one PGlite of all suites in a file, since creating one takes seconds. */
export async function pgliteDriver(): Promise<SqlDriver> {
  pglite ??= PGlite.create();
  return fromPglite(await pglite);
}

/** Closes it; the next driver is for a new one. */
export async function closePglite(): Promise<void> {
  await (await pglite)?.close();
  pglite = undefined;
}

/** Creates a separate world, with the tables of an LMS and the library's, under its own prefix in the one PGlite. */
export async function pgliteWorld(): Promise<World> {
  const driver = await pgliteDriver();
  const prefix = `w${worlds++}_`;
  await makeLms(driver, prefix);
  return { ...clientsOf(() => driver, prefix), cleanup: () => dropLms(driver, prefix) };
}
