import type { Dialect, SqlParameter } from '../driver.js';

/** Where statements run: a pool, or one open transaction. This is all that a wrapper implements for its client. */
export interface Place {
  readonly dialect: Dialect;
  /** Resolves with the rows; with an empty list for a statement that returns none. */
  run(text: string, parameters: readonly SqlParameter[]): Promise<unknown[]>;
}

/** Runs `body` in a transaction or savepoint. Commits if it resolves; if it rejects, rolls back and rejects with its error. */
export type Open = (body: (inside: InsidePlace) => Promise<void>) => Promise<void>;

/** An open transaction. `open` is omitted if savepoints can be sent as statements. */
export interface InsidePlace extends Place {
  readonly open?: Open;
  /** Called after a failed statement: whether the database rolled back the whole transaction. */
  isGone?(): boolean;
}

/** A database that opens transactions. */
export interface OutsidePlace extends Place {
  readonly open: Open;
}
