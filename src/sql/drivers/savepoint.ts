import type { Fate } from './inside.js';
import type { InsidePlace } from './place.js';

const tag = Math.random().toString(36).slice(2, 10);
let count = 0;

/** Postgres: no transaction is open. MySQL: there is no such savepoint, as without a transaction each is forgotten at once. */
const NO_TRANSACTION = '25P01';
const NO_SAVEPOINT = 1305;

/** Runs `body` in a savepoint of its own name. */
export async function openSavepoint(
  place: InsidePlace,
  fate: Fate,
  body: (inside: InsidePlace) => Promise<void>,
): Promise<void> {
  const name = `smart_enrolments_${tag}_${++count}`;
  await begin(place, fate, name);
  try {
    await body(place);
    await place.run(`RELEASE SAVEPOINT ${name}`, []);
  } catch (error) {
    if (!fate.undone) {
      try {
        await place.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
        await place.run(`RELEASE SAVEPOINT ${name}`, []);
      } catch {
        // Whatever stands around it has lost the point to go back to, and must not be taken for whole.
        fate.undone ??= { error };
      }
    }
    throw error;
  }
}

async function begin(place: InsidePlace, fate: Fate, name: string): Promise<void> {
  try {
    await place.run(`SAVEPOINT ${name}`, []);
    if (fate.advice !== undefined && place.dialect === 'mysql') await place.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
  } catch (error) {
    if (fate.advice === undefined || !isMissing(error)) throw error;
    throw new Error(`No transaction is open on what was passed. ${fate.advice}`, { cause: error });
  }
  delete fate.advice;
}

/** Whether the database says that there is no transaction to put a savepoint into. */
function isMissing(error: unknown): boolean {
  const { code, errno } = (error ?? {}) as { readonly code?: unknown; readonly errno?: unknown };
  return code === NO_TRANSACTION || errno === NO_SAVEPOINT;
}
