import type { SqlParameter } from '../../statement/driver.js';

/** Postgres: the statement is only accepted at the beginning of a transaction. */
const IN_TRANSACTION = '25001';

/**
 * Sets READ COMMITTED as the first statement of a transaction on Postgres, whatever the default is. Rejects if the client opened a savepoint in
 * a transaction that was open already: the driver had taken it for a database. Postgres reports that only for `NOT DEFERRABLE`.
 */
export async function setReadCommitted(
  run: (text: string, parameters: readonly SqlParameter[]) => Promise<unknown>,
): Promise<void> {
  try {
    await run('SET TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE', []);
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code !== IN_TRANSACTION) throw error;
    throw new Error(
      'This database runs its statements in a transaction that is already open. Create the driver with { inTransaction: true }, or with a function that returns whether a transaction is open in the current call.',
      { cause: error },
    );
  }
}
