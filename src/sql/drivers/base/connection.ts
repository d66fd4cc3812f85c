import type { Dialect, SqlParameter } from '../../statement/driver.js';

/** Where statements run: a pool, or one open transaction. This is all that a wrapper implements for its client. */
export interface Connection {
  readonly dialect: Dialect;
  /** Resolves with the rows; with an empty list for a statement that returns none. */
  run(text: string, parameters: readonly SqlParameter[]): Promise<unknown[]>;
}

/** Runs `body` in a transaction or savepoint. Commits if it resolves; if it rejects, rolls back and rejects with its error. */
export type Open = (body: (inside: OpenTransaction) => Promise<void>) => Promise<void>;

/** An open transaction. `open` is omitted if savepoints can be sent as statements. */
export interface OpenTransaction extends Connection {
  readonly open?: Open;
  /** Called after a failed statement: whether the database rolled back the whole transaction. */
  isRolledBack?(): boolean;
}

/** A database that opens transactions. */
export interface Database extends Connection {
  readonly open: Open;
}

/** The state that all savepoints of one transaction share. */
export interface TransactionState {
  /** The error because of which the database rolled back the whole transaction. */
  rolledBack?: { readonly error: unknown };
  /** For a host's transaction: what to do if no transaction is open. */
  readonly advice?: string;
}
