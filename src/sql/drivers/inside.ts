import type { Dialect, SqlDriver, SqlParameter } from '../driver.js';
import type { InsidePlace } from './place.js';
import { openSavepoint } from './savepoint.js';
import { within } from './within.js';

/** The state that all savepoints of one transaction share. */
export interface TransactionState {
  /** The error because of which the database rolled back the whole transaction. */
  undone?: { readonly error: unknown };
  /** For a host's transaction: what to pass if no transaction is open. Removed once a transaction is known to be open. */
  advice?: string;
}

/** MySQL rolls back the whole transaction, not only the statement, when it breaks a deadlock. */
const DEADLOCK = 1213;

/** The driver inside an open transaction, or one of its savepoints. */
export class Inside implements SqlDriver {
  readonly inTransaction = true;
  readonly isReadCommitted: boolean;
  readonly dialect: Dialect;
  readonly #place: InsidePlace;
  readonly #state: TransactionState;
  readonly #around: Inside | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  /** Savepoints of one level run one after another: overlapping ones would undo each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(place: InsidePlace, state: TransactionState, around?: Inside) {
    this.dialect = place.dialect;
    // The isolation level of a host's transaction is unknown.
    this.isReadCommitted = around ? around.isReadCommitted : state.advice === undefined;
    this.#place = place;
    this.#state = state;
    this.#around = around;
  }

  async query<Row>(text: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    this.#check();
    try {
      return (await this.#place.run(text, parameters)) as Row[];
    } catch (error) {
      this.#failure ??= { error };
      if (this.#isGone(error)) this.#state.undone ??= { error };
      throw error;
    }
  }

  transaction<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T> {
    const done = this.#turn.then(() => this.#nested(work));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #nested<T>(work: (tx: SqlDriver) => Promise<T>): Promise<T> {
    this.#check();
    const open = this.#place.open ?? ((body) => openSavepoint(this.#place, this.#state, body));
    return within(open, (inside) => new Inside(inside, this.#state, this), work);
  }

  /** Accepts no more statements; resolves when the savepoints inside have ended. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#turn;
  }

  /** Rejects if the work resolved but its changes were rolled back, or would be on COMMIT. */
  async confirm(): Promise<void> {
    if (this.#state.undone) throw this.#state.undone.error;
    if (!this.#failure || this.dialect !== 'postgres') return;
    // After a failed statement Postgres accepts no other, and turns COMMIT into ROLLBACK without an error.
    const { error } = this.#failure;
    await this.#place.run('SELECT 1', []).catch(() => Promise.reject(error));
  }

  #isGone(error: unknown): boolean {
    if (this.dialect === 'mysql') return (error as { errno?: unknown } | null)?.errno === DEADLOCK;
    return this.#place.isGone?.() ?? false;
  }

  #check(): void {
    for (let each: Inside | undefined = this; each; each = each.#around) if (each.#ended) throw ended();
    const { undone } = this.#state;
    if (undone) throw new Error('The database rolled back this transaction; see the cause.', { cause: undone.error });
  }
}

function ended(): Error {
  return new Error('This transaction has ended. Use its driver only until the callback that received it has settled.');
}
