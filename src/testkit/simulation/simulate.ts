import { attempt } from '../../model/attempt.js';
import { parse } from '../../validate/issues.js';
import { aFunction, chances, checkOptions, count, milliseconds, objects, whole } from '../check-options.js';
import { Random } from '../random.js';
import type { World } from '../world.js';
import { Episode, type Setting } from './episode.js';
import { type Counts, counting, DEFAULT_FAULTS, type Faults, type Report } from './report.js';
import { Deadlock } from './scheduler.js';
import { shorten } from './shorten.js';
import type { History, Step } from './step.js';

/** What a simulation is run on. */
export interface SimulationOptions {
  /** Makes a fresh world, with nothing in it; called once for every few hundred steps. */
  create(): Promise<World>;
  /** Decides everything: the same seed does the same again, over storage that is deterministic itself. */
  readonly seed: number;
  /** How many public operations of clients. */
  readonly steps: number;
  /** How likely faults are; those left out as they are by default. */
  readonly faults?: Partial<Faults>;
  /**
   * How long, in milliseconds, a call is waited for before somebody else may go on. Storage that answers without a timer or
   * the outside world needs none, the default; a database wants a few, or calls hardly wait for each other.
   */
  readonly patience?: number;
  /** How long, in milliseconds, nobody may go on before that counts as a deadlock. Default 10,000. */
  readonly timeout?: number;
}

/** Operations in one world. */
const EPISODE = 240;

/** Operations between two moments of rest, at most. */
const PHASE = 40;

/** What `simulate` and `replay` both take. */
const SHARED = { faults: chances(Object.keys(DEFAULT_FAULTS)), patience: milliseconds, timeout: milliseconds };

/** A line of JSON for each step. */
function linesOf(history: History): string {
  checkHistory(history);
  return parse(() =>
    Array.from({ length: history.steps.length }, (_, i) => JSON.stringify(history.steps[i])).join('\n'),
  );
}

function checkHistory(history: unknown): void {
  checkOptions(history, { seed: whole, steps: objects });
}

/** A law that was broken, and the shortest history found that breaks it. */
export class LawBroken extends Error {
  /** Always `LawBroken`. */
  override readonly name = 'LawBroken';
  /** What happened, as short as it was found: for `replay`. */
  readonly history: History;

  constructor(history: History, cause: unknown) {
    const lines = linesOf(history);
    const said = attempt(() => (cause instanceof Error ? cause.message : String(cause)));
    super(`Seed ${history.seed}: ${said}\nA short history that does it, for replay():\n${lines}`, { cause });
    this.history = history;
  }
}

/**
 * Plays out what may happen to an adapter and the library over it: several clients at once, faults and crashes, in an order that the
 * seed decides, and checks at every write and whenever all are at rest what must hold. Answers what happened, counted.
 * @throws {@link LawBroken} with the seed and a short history; `invalid_input` for options that are not as described.
 */
export async function simulate(given: SimulationOptions): Promise<Report> {
  checkOptions(given, { create: aFunction, seed: whole, steps: count }, SHARED);
  const { seed, steps, ...options } = given;
  const counts = counting();
  const seeds = new Random(seed, 5);
  let own = seed;
  while (counts.steps < steps) {
    await playOne(settingOf(options, own, counts), Math.min(EPISODE, steps - counts.steps));
    own = seeds.below(2 ** 31);
  }
  return { seed, ...counts };
}

/**
 * Plays a history again, such as a {@link LawBroken} has, or one kept from long ago.
 * @throws {@link LawBroken} if it breaks a law; `invalid_input` for options or a history that are not as described.
 */
export async function replay(options: Omit<SimulationOptions, 'seed' | 'steps'>, history: History): Promise<Report> {
  checkOptions(options, { create: aFunction }, SHARED);
  checkHistory(history);
  const counts = counting();
  try {
    await playAgain(settingOf(options, history.seed, counts), history.steps);
  } catch (error) {
    throw new LawBroken(history, error);
  }
  return { seed: history.seed, ...counts };
}

type Options = Omit<SimulationOptions, 'seed' | 'steps'>;

function settingOf({ create, faults, patience = 0, timeout = 10_000 }: Options, seed: number, counts: Counts): Setting {
  return { create, seed, counts, patience, timeout, faults: { ...DEFAULT_FAULTS, ...faults } };
}

async function playOne(setting: Setting, steps: number): Promise<void> {
  const lengths = new Random(setting.seed, 6);
  const taken: Step[] = [];
  try {
    await inWorld(setting, async (episode) => {
      for (let left = steps; left > 0; ) {
        const length = Math.min(left, 5 + lengths.below(PHASE - 5));
        left -= length;
        try {
          await episode.tell(length);
        } finally {
          taken.splice(0, taken.length, ...episode.steps);
        }
      }
    });
  } catch (error) {
    const fails = async (some: readonly Step[]): Promise<unknown> =>
      playAgain({ ...setting, counts: counting() }, some).then(
        () => undefined,
        (again: unknown) => again,
      );
    // To try again and again what does not end takes for ever.
    const short = error instanceof Deadlock ? { steps: taken, error } : await shorten(taken, error, fails);
    const { steps: few, error: last } = short;
    throw new LawBroken({ seed: setting.seed, steps: few }, last);
  }
}

function playAgain(setting: Setting, steps: readonly Step[]): Promise<void> {
  return inWorld(setting, (episode) => episode.replay(steps));
}

async function inWorld(setting: Setting, play: (episode: Episode) => Promise<void>): Promise<void> {
  const world = await setting.create();
  try {
    await play(await Episode.begin(setting, world));
  } finally {
    await world.cleanup?.();
  }
}
