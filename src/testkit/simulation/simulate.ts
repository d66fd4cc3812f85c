import { attempt } from '../../errors/attempt.js';
import { parse } from '../../validate/issues.js';
import { aFunction, chances, checkOptions, count, milliseconds, objects, whole } from '../check-options.js';
import { Random } from '../random.js';
import type { World } from '../world.js';
import { type Counts, counting, DEFAULT_FAULTS, type Faults, type Report } from './report.js';
import { Deadlock } from './scheduler.js';
import { shrink } from './shrink.js';
import { type RunSettings, SimulationRun } from './simulation-run.js';
import type { History, Step } from './step.js';

/** Options of {@link simulate}. */
export interface SimulationOptions {
  /** Creates a fresh, empty world. Called once for every few hundred steps. */
  create(): Promise<World>;
  /** Decides everything: over deterministic storage, the same seed repeats the same simulation. */
  readonly seed: number;
  /** The number of public operations that the clients run. */
  readonly steps: number;
  /** The probabilities of faults; kinds that are left out have their default probability. */
  readonly faults?: Partial<Faults>;
  /**
   * How long to wait for a call before another client may go on, in milliseconds. Default: 0, for storage without timers or I/O.
   * A database needs a few milliseconds; with fewer, calls hardly ever wait for each other.
   */
  readonly patience?: number;
  /** How long no client may make progress before that counts as a deadlock, in milliseconds. Default: 10,000. */
  readonly timeout?: number;
}

/** Operations in one world. */
const STEPS_PER_WORLD = 240;

/** The maximum number of operations between two checks at rest. */
const STEPS_BETWEEN_CHECKS = 40;

/** Options that `simulate` and `replay` share. */
const SHARED = { faults: chances(Object.keys(DEFAULT_FAULTS)), patience: milliseconds, timeout: milliseconds };

/** One line of JSON for each step. */
function linesOf(history: History): string {
  checkHistory(history);
  return parse(() =>
    Array.from({ length: history.steps.length }, (_, i) => JSON.stringify(history.steps[i])).join('\n'),
  );
}

function checkHistory(history: unknown): void {
  checkOptions(history, { seed: whole, steps: objects });
}

/** The error for a broken law, with the shortest history found that breaks it. */
export class LawBroken extends Error {
  /** Always `LawBroken`. */
  override readonly name = 'LawBroken';
  /** The shortest history found, for {@link replay}. */
  readonly history: History;

  constructor(history: History, cause: unknown) {
    const lines = linesOf(history);
    const message = attempt(() => (cause instanceof Error ? cause.message : String(cause)));
    super(`Seed ${history.seed}: ${message}\nA short history that breaks the law, for replay():\n${lines}`, { cause });
    this.history = history;
  }
}

/**
 * Simulates an adapter and the library over it with several concurrent clients, faults and crashes, in an order that the seed decides.
 * Checks the laws at every write and whenever all clients are at rest. Resolves with counts of what happened.
 * @throws {@link LawBroken} with the seed and a short history; `invalid_input` for options that are not as described.
 */
export async function simulate(given: SimulationOptions): Promise<Report> {
  checkOptions(given, { create: aFunction, seed: whole, steps: count }, SHARED);
  const { seed, steps, ...options } = given;
  const counts = counting();
  const seeds = new Random(seed, 5);
  let own = seed;
  while (counts.steps < steps) {
    await runOnce(settingsOf(options, own, counts), Math.min(STEPS_PER_WORLD, steps - counts.steps));
    own = seeds.below(2 ** 31);
  }
  return { seed, ...counts };
}

/**
 * Replays a history: that of a {@link LawBroken}, or a stored one.
 * @throws {@link LawBroken} if it breaks a law; `invalid_input` for options or a history that are not as described.
 */
export async function replay(options: Omit<SimulationOptions, 'seed' | 'steps'>, history: History): Promise<Report> {
  checkOptions(options, { create: aFunction }, SHARED);
  checkHistory(history);
  const counts = counting();
  try {
    await replayOnce(settingsOf(options, history.seed, counts), history.steps);
  } catch (error) {
    throw new LawBroken(history, error);
  }
  return { seed: history.seed, ...counts };
}

type Options = Omit<SimulationOptions, 'seed' | 'steps'>;

function settingsOf(
  { create, faults, patience = 0, timeout = 10_000 }: Options,
  seed: number,
  counts: Counts,
): RunSettings {
  return { create, seed, counts, patience, timeout, faults: { ...DEFAULT_FAULTS, ...faults } };
}

async function runOnce(settings: RunSettings, steps: number): Promise<void> {
  const lengths = new Random(settings.seed, 6);
  const taken: Step[] = [];
  try {
    await inWorld(settings, async (run) => {
      for (let left = steps; left > 0; ) {
        const length = Math.min(left, 5 + lengths.below(STEPS_BETWEEN_CHECKS - 5));
        left -= length;
        try {
          await run.play(length);
        } finally {
          taken.splice(0, taken.length, ...run.steps);
        }
      }
    });
  } catch (error) {
    const fails = async (some: readonly Step[]): Promise<unknown> =>
      replayOnce({ ...settings, counts: counting() }, some).then(
        () => undefined,
        (again: unknown) => again,
      );
    // A history that does not end takes too long to shorten.
    const short = error instanceof Deadlock ? { steps: taken, error } : await shrink(taken, error, fails);
    const { steps: few, error: last } = short;
    throw new LawBroken({ seed: settings.seed, steps: few }, last);
  }
}

function replayOnce(settings: RunSettings, steps: readonly Step[]): Promise<void> {
  return inWorld(settings, (run) => run.replay(steps));
}

async function inWorld(settings: RunSettings, work: (run: SimulationRun) => Promise<void>): Promise<void> {
  const world = await settings.create();
  try {
    await work(await SimulationRun.begin(settings, world));
  } finally {
    await world.cleanup?.();
  }
}
