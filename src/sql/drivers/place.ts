import type { Dialect, SqlParameter } from '../driver.js';

/** Where statements land: a pool, or one open transaction; all that a wrapper has to say about its client. */
export interface Place {
  readonly dialect: Dialect;
  /** Answers the rows; none for a statement that answers none. */
  run(text: string, parameters: readonly SqlParameter[]): Promise<unknown[]>;
}

/** Runs `body` in a transaction, or a savepoint, that stays if it resolves and is undone, with its error, if it rejects. */
export type Open = (body: (inside: InsidePlace) => Promise<void>) => Promise<void>;

/** An open transaction. `open` is left out where savepoints may be sent as statements. */
export interface InsidePlace extends Place {
  readonly open?: Open;
  /** Asked after a statement failed: whether the database undid the transaction with it. */
  isGone?(): boolean;
}

/** A database that opens transactions. */
export interface OutsidePlace extends Place {
  readonly open: Open;
}
