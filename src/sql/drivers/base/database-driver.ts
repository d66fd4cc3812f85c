import type { SqlDriver, SqlParameter } from '../../statement/driver.js';
import type { Database, OpenTransaction } from './connection.js';
import { runInTransaction } from './run-in-transaction.js';
import { TransactionDriver } from './transaction-driver.js';

/** The driver of a database that opens its own transactions. */
export function databaseDriver(database: Database): SqlDriver {
  return {
    dialect: database.dialect,
    inTransaction: false,
    query: async <Row>(text: string, parameters: readonly SqlParameter[] = []) =>
      (await database.run(text, parameters)) as Row[],
    transaction: (work) => runInTransaction(database.open, (inside) => new TransactionDriver(inside, {}), work),
  };
}

/** The driver of a transaction that the host began and will end; errors contain `advice` if no transaction is open. */
export function hostTransactionDriver(connection: OpenTransaction, advice: string): SqlDriver {
  return new TransactionDriver(connection, { advice });
}
