import { Random } from '../random.js';

/** Somebody whose calls are let go on one at a time. */
export interface Actor {
  state: 'running' | 'parked' | 'done';
  /** Whether it will go on whatever the others do, so that it is worth waiting for. */
  sure: boolean;
  /** Its luck. Each step has its own, so that a history goes much the same without some of its steps. */
  random: Random;
}

interface Parked {
  readonly actor: Actor;
  readonly from: number;
  readonly rank: number;
  resume(): void;
}

/** Microtasks that memory takes for a call, and more: whoever still runs then waits for somebody else. */
const TICKS = 60;

/** How long somebody who is sure to go on is waited for, in milliseconds: an adapter may be wrong about that. */
const SURELY = 200;

/** Something does not end: everybody waits for somebody else, or somebody goes on for ever. */
export class Deadlock extends Error {
  override readonly name = 'Deadlock';
}

/** Decides who goes on: at each call one of those who have come to one, by chance. */
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

  /** Comes to a halt until let go on, and that not before so many turns. */
  park(actor: Actor, turns = 0): Promise<void> {
    return new Promise((resume) => {
      actor.state = 'parked';
      this.#parked.push({ actor, from: this.#turn + turns, rank: actor.random.next(), resume });
      this.#wake();
    });
  }

  /** Runs what these do side by side, until all are done or one fails. */
  async run(works: readonly ((actor: Actor) => Promise<void>)[]): Promise<void> {
    let failed: { readonly error: unknown } | undefined;
    for (const [i, work] of works.entries()) {
      const actor: Actor = { state: 'running', sure: false, random: new Random(this.#seed, 3, i) };
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
      if (this.#parked.length === 0) await this.#somebody();
      else await this.#letGo();
    }
    if (failed) throw failed.error;
  }

  async #letGo(): Promise<void> {
    const turn = this.#turn++;
    const ready = this.#parked.filter(({ from }) => from <= turn);
    const next = (ready.length > 0 ? ready : this.#parked).reduce((a, b) => (b.rank < a.rank ? b : a));
    this.#parked.splice(this.#parked.indexOf(next), 1);
    const { actor } = next;
    actor.state = 'running';
    next.resume();
    for (let tick = 0; tick < TICKS && actor.state === 'running'; tick++) await null;
    // Others who were waiting for it may come to a halt before it does.
    while (actor.state === 'running' && actor.sure) if (!(await this.#something(SURELY))) break;
    if (actor.state === 'running' && this.#patience > 0) await this.#something(this.#patience);
  }

  /** Waits until somebody parks or ends. */
  async #somebody(): Promise<void> {
    for (let tick = 0; tick < TICKS; tick++) {
      await null;
      if (this.#parked.length > 0 || this.#alive === 0) return;
    }
    if (!(await this.#something(this.#timeout)))
      throw new Deadlock(`Nobody went on for ${this.#timeout} ms: everybody waits for somebody else.`);
  }

  /** Waits until somebody parks or ends, so many milliseconds at most; says whether it was in time. */
  #something(patience: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
