import type { Dialect, SqlDriver, SqlParameter } from '../../statement/driver.js';
import type { OpenTransaction, TransactionState } from './connection.js';
import { JobQueue } from './job-queue.js';
import { runInTransaction } from './run-in-transaction.js';
import { openSavepoint } from './savepoint.js';

/** MySQL rolls back the whole transaction, not only the statement, when it breaks a deadlock. */
const DEADLOCK = 1213;

/** Postgres: a statement of the transaction has failed before. */
const ABORTED = '25P02';

/** What is known of a host's transaction. */
interface HostsTransaction {
  readonly isReadCommitted: boolean;
  /** The queue of its savepoints. */
  readonly savepoints: JobQueue;
}

/** The driver inside an open transaction, or one of its savepoints. */
export class TransactionDriver implements SqlDriver {
  readonly inTransaction = true;
  readonly isHostsTransaction: boolean;
  readonly isReadCommitted: boolean;
  readonly dialect: Dialect;
  readonly #connection: OpenTransaction;
  readonly #state: TransactionState;
  readonly #outer: TransactionDriver | undefined;
  #hasEnded = false;
  #failure: { readonly error: unknown } | undefined;
  /** Savepoints of one level run one after another: overlapping ones would undo each other. */
  readonly #savepoints: JobQueue;

  constructor(
    connection: OpenTransaction,
    state: TransactionState,
    hosts?: HostsTransaction,
    outer?: TransactionDriver,
  ) {
    this.dialect = connection.dialect;
    this.isHostsTransaction = outer ? outer.isHostsTransaction : hosts !== undefined;
    // The library begins its own transactions as READ COMMITTED.
    this.isReadCommitted = outer ? outer.isReadCommitted : (hosts?.isReadCommitted ?? true);
    this.#connection = connection;
    this.#state = state;
    this.#savepoints = hosts?.savepoints ?? new JobQueue();
    this.#outer = outer;
  }

  async query<Row>(text: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    this.#check();
    try {
      return (await this.#connection.run(text, parameters)) as Row[];
    } catch (error) {
      // Postgres repeats only that a statement has failed before.
      if (this.#failure && (error as { readonly code?: unknown } | null)?.code === ABORTED) throw this.#failure.error;
      this.#failure ??= { error };
      if (this.#isRolledBack(error)) this.#state.rolledBack ??= { error };
      throw error;
    }
  }

  transaction<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T> {
    return this.#savepoints.run(() => this.#nested(work));
  }

  async #nested<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T> {
    this.#check();
    const open =
      this.#connection.open ??
      ((body) => openSavepoint(this.#connection, this.#state, this.#outer === undefined, body));
    return runInTransaction(open, (inside) => new TransactionDriver(inside, this.#state, undefined, this), work);
  }

  async end(): Promise<void> {
    this.#hasEnded = true;
    await this.#savepoints.idle();
  }

  async confirm(): Promise<void> {
    if (this.#state.rolledBack) throw this.#state.rolledBack.error;
    if (!this.#failure || this.dialect !== 'postgres') return;
    // After a failed statement Postgres accepts no other, and turns COMMIT into ROLLBACK without an error.
    const { error } = this.#failure;
    await this.#connection.run('SELECT 1', []).catch(() => Promise.reject(error));
  }

  #isRolledBack(error: unknown): boolean {
    if (this.dialect === 'mysql') return (error as { errno?: unknown } | null)?.errno === DEADLOCK;
    return this.#connection.isRolledBack?.() ?? false;
  }

  #check(): void {
    for (let each: TransactionDriver | undefined = this; each; each = each.#outer) if (each.#hasEnded) throw ended();
    const { rolledBack } = this.#state;
    if (rolledBack)
      throw new Error(
        'This transaction was rolled back, or has ended; see the cause. Begin it again, and create its driver again.',
        { cause: rolledBack.error },
      );
  }
}

function ended(): Error {
  return new Error('This transaction has ended. Use its driver only until the callback that received it has settled.');
}
