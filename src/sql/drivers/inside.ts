import type { Dialect, SqlDriver, SqlParameter } from '../driver.js';
import type { InsidePlace } from './place.js';
import { openSavepoint } from './savepoint.js';
import { within } from './within.js';

/** What all savepoints of one transaction share. */
export interface Fate {
  /** The database undid everything, because of this. */
  undone?: { readonly error: unknown };
  /** A host's transaction: what to pass where there is none. Removed once it has shown to be one. */
  advice?: string;
}

/** MySQL undoes the whole transaction, not the statement, when it breaks a deadlock. */
const DEADLOCK = 1213;

/** The driver inside an open transaction, or one of its savepoints. */
export class Inside implements SqlDriver {
  readonly inTransaction = true;
  readonly isReadCommitted: boolean;
  readonly dialect: Dialect;
  readonly #place: InsidePlace;
  readonly #fate: Fate;
  readonly #around: Inside | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  /** Savepoints of one level follow each other: crossed ones would undo each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(place: InsidePlace, fate: Fate, around?: Inside) {
    this.dialect = place.dialect;
    // Of a host's transaction nobody knows.
    this.isReadCommitted = around ? around.isReadCommitted : fate.advice === undefined;
    this.#place = place;
    this.#fate = fate;
    this.#around = around;
  }

  async query<Row>(text: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
    this.#check();
    try {
      return (await this.#place.run(text, parameters)) as Row[];
    } catch (error) {
      this.#failure ??= { error };
      if (this.#isGone(error)) this.#fate.undone ??= { error };
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
    const open = this.#place.open ?? ((body) => openSavepoint(this.#place, this.#fate, body));
    return within(open, (inside) => new Inside(inside, this.#fate, this), work);
  }

  /** From here on nothing more is taken; resolves when the savepoints inside have ended. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#turn;
  }

  /** Rejects if what was done here is gone, or would be on COMMIT, although its work resolved. */
  async confirm(): Promise<void> {
    if (this.#fate.undone) throw this.#fate.undone.error;
    if (!this.#failure || this.dialect !== 'postgres') return;
    // After a failed statement Postgres takes no other, and turns COMMIT into ROLLBACK without an error.
    const { error } = this.#failure;
    await this.#place.run('SELECT 1', []).catch(() => Promise.reject(error));
  }

  #isGone(error: unknown): boolean {
    if (this.dialect === 'mysql') return (error as { errno?: unknown } | null)?.errno === DEADLOCK;
    return this.#place.isGone?.() ?? false;
  }

  #check(): void {
    for (let each: Inside | undefined = this; each; each = each.#around) if (each.#ended) throw ended();
    const { undone } = this.#fate;
    if (undone)
      throw new Error('The database has undone this transaction; the cause says why.', { cause: undone.error });
  }
}

function ended(): Error {
  return new Error('This transaction has ended: its driver is good until the work that it was given to has ended.');
}
