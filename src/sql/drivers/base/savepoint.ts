import type { OpenTransaction, TransactionState } from './connection.js';

const tag = Math.random().toString(36).slice(2, 10);
let count = 0;

/** Postgres: no transaction is open. MySQL: the savepoint does not exist, since outside a transaction it is dropped immediately. */
const NO_TRANSACTION = '25P01';
const NO_SAVEPOINT = 1305;

/** Runs `body` in a savepoint with a unique name. `isOutermost`: it is not inside another one of this driver's. */
export async function openSavepoint(
  connection: OpenTransaction,
  state: TransactionState,
  isOutermost: boolean,
  body: (inside: OpenTransaction) => Promise<void>,
): Promise<void> {
  const name = `smart_enrolments_${tag}_${++count}`;
  await begin(connection, isOutermost ? state.advice : undefined, name);
  try {
    await body(connection);
    await connection.run(`RELEASE SAVEPOINT ${name}`, []);
  } catch (error) {
    if (!state.rolledBack) {
      try {
        await connection.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
        await connection.run(`RELEASE SAVEPOINT ${name}`, []);
      } catch {
        // The savepoint could not be rolled back, so the surrounding transaction must not commit what is left of it.
        state.rolledBack ??= { error };
      }
    }
    throw error;
  }
}

async function begin(connection: OpenTransaction, advice: string | undefined, name: string): Promise<void> {
  try {
    await connection.run(`SAVEPOINT ${name}`, []);
    // The host may have ended its transaction since the last savepoint. MySQL reports that only here.
    if (advice !== undefined && connection.dialect === 'mysql')
      await connection.run(`ROLLBACK TO SAVEPOINT ${name}`, []);
  } catch (error) {
    if (advice === undefined || !isMissing(error)) throw error;
    throw new Error(`No transaction is open on this client. ${advice}`, { cause: error });
  }
}

/** Whether the database reports that no transaction is open for a savepoint. */
function isMissing(error: unknown): boolean {
  const { code, errno } = (error ?? {}) as { readonly code?: unknown; readonly errno?: unknown };
  return code === NO_TRANSACTION || errno === NO_SAVEPOINT;
}
