/** The SQL dialects that the library supports; MariaDB is `mysql`. */
export type Dialect = 'postgres' | 'mysql' | 'sqlite';

/** A parameter of a statement; all other values are passed as JSON text. */
export type SqlParameter = string | number | null;

/**
 * The host's database, or a transaction that the host has begun. The `from…` functions create one from a host's client;
 * the library opens no connection of its own.
 */
export interface SqlDriver {
  /** The database's SQL dialect. */
  readonly dialect: Dialect;
  /** Whether statements run in an open transaction; `transaction` then opens a savepoint in it. */
  readonly inTransaction: boolean;
  /** Whether that transaction is one that the host has begun, which only the host can run again. Error messages depend on it. */
  readonly isHostsTransaction?: boolean;
  /** Whether that transaction is certainly READ COMMITTED; otherwise the library queries the database. */
  readonly isReadCommitted?: boolean;
  /**
   * Returns the driver to use for one operation. For a client that finds the transaction of the current call by itself, it is the driver of that
   * transaction, or of the database outside one. Omit it if this driver is always the same.
   */
  current?(): SqlDriver;
  /**
   * Runs one statement and resolves with its rows, each an object by column name; an empty list for a statement that returns none.
   * Placeholders are `$1`, `$2` … on Postgres and `?` elsewhere. Rejects with the database's own error.
   */
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly SqlParameter[]): Promise<Row[]>;
  /**
   * Runs `work` in a transaction (READ COMMITTED on Postgres and MySQL, IMMEDIATE on SQLite), or in a savepoint of the open one.
   * Commits if `work` resolves; if it rejects, rolls back and rejects with the same error. `tx` is valid until `work` settles.
   */
  transaction<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T>;
}
