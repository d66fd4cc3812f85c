/** A synchronous client of SQLite, which is one connection. */
export interface SqliteConnection {
  /** Identifies the connection, however many drivers are created for it. */
  readonly key: object;
  all(text: string, parameters: readonly (string | number | bigint | null)[]): unknown[];
  /** Whether a transaction is open on it, no matter what code began it. */
  isOpen(): boolean;
}
