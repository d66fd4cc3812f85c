import { Random } from '../random.js';

/** A client whose calls the scheduler runs one at a time. */
export interface Actor {
  state: 'running' | 'parked' | 'done';
  /** Whether no other client can block it, so that the scheduler waits for it. */
  isUnblocked: boolean;
  /** The random numbers of the current step. Each step has its own, so that a history without some of its steps runs much the same. */
  random: Random;
}

interface Parked {
  readonly actor: Actor;
  readonly from: number;
  readonly rank: number;
  resume(): void;
}

/** More microtasks than a call takes in memory: a client that still runs after them waits for another one. */
const TICKS = 60;

/** How long to wait for a client that no other one can block, in milliseconds. With a faulty adapter it may be blocked after all. */
const UNBLOCKED_WAIT = 200;

/** The error for a simulation that does not end: all clients wait for each other, or one never ends. */
export class Deadlock extends Error {
  override readonly name = 'Deadlock';
}

/** Chooses at random which of the waiting clients makes its next call. */
export class Scheduler {
  readonly #seed: number;
  readonly #patience: number;
  readonly #timeout: number;
  readonly #parked: Parked[] = [];
  #alive = 0;
  #turn = 0;
  #wake: () => void = () => undefined;

  constructor(seed: number, { patience, timeout }: { readonly patience: number; readonly timeout: number }) {
    this.#seed = seed;
    this.#patience = patience;
    this.#timeout = timeout;
  }

  /** Waits until the scheduler resumes this client, at the earliest after this many turns. */
  park(actor: Actor, turns = 0): Promise<void> {
    return new Promise((resume) => {
      actor.state = 'parked';
      this.#parked.push({ actor, from: this.#turn + turns, rank: actor.random.next(), resume });
      this.#wake();
    });
  }

  /** Runs these clients concurrently until all are done or one fails. */
  async run(works: readonly ((actor: Actor) => Promise<void>)[]): Promise<void> {
    let failed: { readonly error: unknown } | undefined;
    for (const [i, work] of works.entries()) {
      const actor: Actor = { state: 'running', isUnblocked: false, random: new Random(this.#seed, 3, i) };
      const end = (): void => {
        actor.state = 'done';
        this.#alive--;
        this.#wake();
      };
      this.#alive++;
      const working = this.park(actor).then(() => work(actor));
      void working.then(end, (error: unknown) => {
        failed ??= { error };
        end();
      });
    }
    while (this.#alive > 0 && !failed) {
      if (this.#parked.length === 0) await this.#nextChange();
      else await this.#resumeOne();
    }
    if (failed) throw failed.error;
  }

  async #resumeOne(): Promise<void> {
    const turn = this.#turn++;
    const ready = this.#parked.filter(({ from }) => from <= turn);
    const next = (ready.length > 0 ? ready : this.#parked).reduce((a, b) => (b.rank < a.rank ? b : a));
    this.#parked.splice(this.#parked.indexOf(next), 1);
    const { actor } = next;
    actor.state = 'running';
    next.resume();
    for (let tick = 0; tick < TICKS && actor.state === 'running'; tick++) await null;
    // Clients that waited for it may park before it does.
    while (actor.state === 'running' && actor.isUnblocked) if (!(await this.#changeWithin(UNBLOCKED_WAIT))) break;
    if (actor.state === 'running' && this.#patience > 0) await this.#changeWithin(this.#patience);
  }

  /** Waits until a client parks or ends. */
  async #nextChange(): Promise<void> {
    for (let tick = 0; tick < TICKS; tick++) {
      await null;
      if (this.#parked.length > 0 || this.#alive === 0) return;
    }
    if (!(await this.#changeWithin(this.#timeout)))
      throw new Deadlock(`Deadlock: no client made progress for ${this.#timeout} ms. All of them wait.`);
  }

  /** Waits at most this many milliseconds until a client parks or ends; resolves with whether one did. */
  #changeWithin(patience: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
