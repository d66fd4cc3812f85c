import type { Event } from './events.js';
import { Log } from './log.js';
import { State } from './state.js';

/** Where calls land: on the store itself, or inside one transaction. */
export interface Scope {
  /** What is committed, and inside a transaction what it recorded itself. */
  readonly state: State;
  /** Runs `work` alone; what it recorded commits when it resolves, and never happened when it rejects. */
  transaction<T>(work: (inside: Transaction) => Promise<T>): Promise<T>;
}

/** A transaction, or one inside another. */
export interface Transaction extends Scope {
  record(event: Event): void;
}

/**
 * The host's storage: an event log, and what it adds up to in memory. A transaction is one line of the log.
 *
 * Transactions run one after the other. That is the simplest thing that keeps all the promises at once: nobody else
 * is at these learners, the catalog stands still, and a commit waits for whoever loaded it. It is only safe within one
 * process; a store that several share needs locks of its own, by learner, to let those who do not meet run side by side.
 */
export class Store implements Scope {
  readonly state: State;
  readonly #log: Log;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(log: Log, state: State) {
    this.#log = log;
    this.state = state;
  }

  /** Opens the log and goes on where it ends, however it came to end there. */
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

  /** Resolves once everything begun is done and the file is closed. */
  async close(): Promise<void> {
    await this.#last;
    await this.#log.close();
  }

  async #commit(events: readonly Event[]): Promise<void> {
    const written = (await this.#log.append(events)) as readonly Event[];
    for (const event of written) this.state.fold(event);
  }
}

/** Runs `work` over a draft, and hands over what it recorded only if it resolves: rolling back is forgetting the draft. */
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
