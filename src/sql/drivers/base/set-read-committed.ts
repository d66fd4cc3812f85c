import type { SqlParameter } from '../../statement/driver.js';
import type { TransactionOptions } from './transaction-options.js';

/** Postgres: the statement is only accepted at the beginning of a transaction. */
const IN_TRANSACTION = '25001';

/**
 * Sets READ COMMITTED as the first statement of a transaction on Postgres, whatever the default is. Rejects if the client opened a savepoint in
 * a transaction that was open already: the driver had taken it for a database. Postgres reports that only for `NOT DEFERRABLE`, and reports
 * it also if the client ran a statement of its own first. So it is not checked if the host states whether a transaction is open.
 */
export async function setReadCommitted(
  run: (text: string, parameters: readonly SqlParameter[]) => Promise<unknown>,
  options: TransactionOptions | undefined,
): Promise<void> {
  const isStated = options?.inTransaction !== undefined;
  try {
    await run(`SET TRANSACTION ISOLATION LEVEL READ COMMITTED${isStated ? '' : ', NOT DEFERRABLE'}`, []);
  } catch (error) {
    if (isStated || (error as { readonly code?: unknown } | null)?.code !== IN_TRANSACTION) throw error;
    throw new Error(
      'The transaction of this client is not at its beginning. If the client runs its statements in a transaction that is open already, create the driver with { inTransaction: true }, or with a function that returns whether one is open in the current call. If each new transaction runs a statement of yours first, such as a setting for row-level security, create it with { inTransaction: false }; statements outside transactions need that setting, too.',
      { cause: error },
    );
  }
}
