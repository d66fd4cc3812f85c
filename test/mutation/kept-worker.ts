import type { PoolOptions, PoolWorker, WorkerRequest } from 'vitest/node';
import { ThreadsPoolWorker } from 'vitest/node';

/** After so many runs a thread is replaced: each leaves a little behind in it. */
const RUNS = 100;

/**
 * A thread that stays from one run, which is one mutant, to the next: a new one takes far longer to start than most mutants to be tested.
 * In every run `setup.ts` sees to it that all modules are evaluated anew.
 */
class KeptWorker extends ThreadsPoolWorker {
  override readonly name = 'kept';
  readonly #options: PoolOptions;
  readonly #listeners: [event: string, callback: (arg: unknown) => void][] = [];
  #state: 'new' | 'started' | 'spared' | 'over' = 'new';
  #runs = 0;

  constructor(options: PoolOptions) {
    super(options);
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#state === 'over';
  }

  override on(event: string, callback: (arg: unknown) => void): void {
    this.#listeners.push([event, callback]);
    super.on(event, callback);
  }

  override async start(): Promise<void> {
    if (this.#state !== 'new') return;
    await super.start();
    super.on('exit', () => {
      this.#state = 'over';
    });
  }

  /** Passes on what Vitest asks of its thread, except to start a second time and to stop. */
  override send(message: WorkerRequest): void {
    if (message.type === 'start' && this.#state === 'started') this.#answer('started');
    else if (message.type === 'stop' && this.#runs < RUNS) this.#spare();
    else super.send(message.type === 'run' ? this.#next(message) : message);
    if (message.type === 'start') this.#state = 'started';
  }

  /** Ends the thread, unless it has been spared: so if something went wrong in it, or it is used up. */
  override async stop(): Promise<void> {
    if (this.#state !== 'spared') return this.end();
    for (const [event, callback] of this.#listeners.splice(0)) super.off(event, callback);
    this.#state = 'started';
  }

  async end(): Promise<void> {
    if (this.#state === 'over') return;
    this.#state = 'over';
    await super.stop();
  }

  #spare(): void {
    this.#state = 'spared';
    this.#answer('stopped');
  }

  #next(message: WorkerRequest & { readonly type: 'run' }): WorkerRequest {
    this.#runs += 1;
    const providedContext = { ...message.context.providedContext, run: this.#runs };
    // A thread is told only as it starts which tests it is about, among other things: so it is told again.
    const config = this.#options.project.serializedConfig;
    return { ...message, context: { ...message.context, config, providedContext } as typeof message.context };
  }

  #answer(type: 'started' | 'stopped'): void {
    const answer = { type, __vitest_worker_response__: true };
    for (const [event, callback] of [...this.#listeners]) if (event === 'message') callback(answer);
  }
}

let kept: KeptWorker | undefined;

/** A pool of one thread that is kept. */
export const KEPT = {
  name: 'kept',
  createPoolWorker(options: PoolOptions): PoolWorker {
    if (!kept || kept.isOver) kept = new KeptWorker(options);
    return kept;
  },
  async close(): Promise<void> {
    await kept?.end();
  },
};
