import type { Event } from './events.js';
import { Log } from './log.js';
import { State } from './state.js';

/** What repository methods call: the store itself, or one transaction. */
export interface Scope {
  /** The committed state; inside a transaction also what it recorded itself. */
  readonly state: State;
  /** Runs `work` while nothing else runs. If it resolves, its events are committed; if it rejects, they are discarded. */
  transaction<T>(work: (inside: Transaction) => Promise<T>): Promise<T>;
}

/** A transaction, or one inside another. */
export interface Transaction extends Scope {
  record(event: Event): void;
}

/**
 * The host's storage: an event log, and the resulting state in memory. A transaction is one line of the log.
 *
 * Transactions run one after the other. That is the simplest way to keep all promises: no other transaction works on these
 * learners, the catalog does not change, and a commit waits for transactions that loaded it. It is only safe within one
 * process. A store that several processes share needs locks by learner, so that transactions on other learners run concurrently.
 */
export class Store implements Scope {
  readonly state: State;
  readonly #log: Log;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(log: Log, state: State) {
    this.#log = log;
    this.state = state;
  }

  /** Opens the log and continues at its end, even after a crash. */
  static async open(path: string): Promise<Store> {
    const { log, entries } = await Log.open(path);
    const state = new State();
    for (const events of entries) for (const event of events as readonly Event[]) state.fold(event);
    return new Store(log, state);
  }

  transaction<T>(work: (inside: Transaction) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => run(this.state, work, (events) => this.#commit(events)));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once all running transactions have ended and the file is closed. */
  async close(): Promise<void> {
    await this.#last;
    await this.#log.close();
  }

  async #commit(events: readonly Event[]): Promise<void> {
    const written = (await this.#log.append(events)) as readonly Event[];
    for (const event of written) this.state.fold(event);
  }
}

/** Runs `work` over a draft, and returns its events only if it resolves. A rollback discards the draft. */
async function run<T>(
  below: State,
  work: (inside: Transaction) => Promise<T>,
  commit: (events: readonly Event[]) => void | Promise<void>,
): Promise<T> {
  const events: Event[] = [];
  const state = new State(below);
  let open = true;
  const record = (event: Event): void => {
    if (!open) throw new Error('This transaction has ended.');
    state.fold(event);
    events.push(event);
  };
  try {
    const result = await work({
      state,
      record,
      transaction: (inner) => run(state, inner, (recorded) => recorded.forEach(record)),
    });
    open = false;
    if (events.length > 0) await commit(events);
    return result;
  } finally {
    open = false;
  }
}
