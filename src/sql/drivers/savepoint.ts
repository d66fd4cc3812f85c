import type { TransactionState } from './inside.js';
import type { InsidePlace } from './place.js';

const tag = Math.random().toString(36).slice(2, 10);
let count = 0;

/** Postgres: no transaction is open. MySQL: the savepoint does not exist, since outside a transaction it is dropped immediately. */
const NO_TRANSACTION = '25P01';
const NO_SAVEPOINT = 1305;

/** Runs `body` in a savepoint with a unique name. */
export async function openSavepoint(
  place: InsidePlace,
  state: TransactionState,
  body: (inside: InsidePlace) => Promise<void>,
): Promise<void> {
  const name = `smart_enrolments_${tag}_${++count}`;
  await begin(place, state, name);
  try {
    await body(place);
    await place.run(`RELEASE SAVEPOINT ${name}`, []);
  } catch (error) {
    if (!state.undone) {
      try {
        await place.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
        await place.run(`RELEASE SAVEPOINT ${name}`, []);
      } catch {
        // The savepoint could not be rolled back, so the surrounding transaction must not commit what is left of it.
        state.undone ??= { error };
      }
    }
    throw error;
  }
}

async function begin(place: InsidePlace, state: TransactionState, name: string): Promise<void> {
  try {
    await place.run(`SAVEPOINT ${name}`, []);
    if (state.advice !== undefined && place.dialect === 'mysql') await place.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
  } catch (error) {
    if (state.advice === undefined || !isMissing(error)) throw error;
    throw new Error(`No transaction is open on this client. ${state.advice}`, { cause: error });
  }
  delete state.advice;
}

/** Whether the database reports that no transaction is open for a savepoint. */
function isMissing(error: unknown): boolean {
  const { code, errno } = (error ?? {}) as { readonly code?: unknown; readonly errno?: unknown };
  return code === NO_TRANSACTION || errno === NO_SAVEPOINT;
}
