/** The databases whose SQL the library writes; MariaDB is `mysql`. */
export type Dialect = 'postgres' | 'mysql' | 'sqlite';

/** What a statement may be given: everything else is JSON, as text. */
export type SqlParameter = string | number | null;

/**
 * The host's database, or a transaction that the host has begun. `from…` functions make one of what a host has;
 * nothing here opens a connection of its own.
 */
export interface SqlDriver {
  /** Which SQL the database speaks. */
  readonly dialect: Dialect;
  /** Whether statements run in a transaction that is open already: `transaction` is a savepoint of it then. */
  readonly inTransaction: boolean;
  /** Whether that transaction is certainly READ COMMITTED, since `transaction` began it; where not, the database is asked. */
  readonly isReadCommitted?: boolean;
  /**
   * Runs one statement and answers its rows, each an object by column; none for a statement that answers none.
   * Parameters stand as `$1`, `$2` … on Postgres and as `?` elsewhere. Rejects with the database's own error.
   */
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly SqlParameter[]): Promise<Row[]>;
  /**
   * Runs `work` in a transaction (READ COMMITTED on Postgres and MySQL, IMMEDIATE on SQLite), or in a savepoint of the one that is open:
   * what it did stays if it resolves, and is undone if it rejects, with the error that it rejected with.
   * `tx` is good until `work` ends.
   */
  transaction<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T>;
}
