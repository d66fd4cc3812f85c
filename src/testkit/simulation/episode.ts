import { same, sameItems } from '../assert.js';
import { within } from '../limit.js';
import { Random } from '../random.js';
import type { World } from '../world.js';
import { checkLaw, checkRest } from './laws.js';
import { Ledger } from './ledger.js';
import { Misfortune } from './misfortune.js';
import { Process } from './process.js';
import { type Counts, type Faults, NO_FAULTS } from './report.js';
import { type Actor, Deadlock, Scheduler } from './scheduler.js';
import { type HostStep, isLibraryStep, type LibraryStep, type Step } from './step.js';
import { COURSES, DECLARATIONS, Story } from './story.js';
import type { Common, Pace } from './surroundings.js';
import { act, ask } from './take-step.js';
import { rejected, resolved } from './verdict.js';

/** Options of an episode. */
export interface Setting {
  readonly seed: number;
  readonly faults: Faults;
  readonly counts: Counts;
  readonly patience: number;
  readonly timeout: number;
  create(): Promise<World>;
}

/** How many clients work concurrently. */
const CLIENTS = 4;

/** The run of one world from its beginning: with generated steps, or with the steps of a history. */
export class Episode {
  /** The steps so far. */
  readonly steps: Step[] = [];
  readonly #setting: Setting;
  readonly #world: World;
  readonly #story: Story;
  readonly #common: Common;
  readonly #ledger: Ledger;
  #broken: { readonly error: unknown } | undefined;
  #hostIsFree: Promise<unknown> = Promise.resolve();

  private constructor(setting: Setting, world: World) {
    this.#setting = setting;
    this.#world = world;
    const { seed, faults, counts } = setting;
    const settings = new Random(seed, 1);
    this.#ledger = new Ledger(settings.pick(['freeze', 'unenrol']));
    this.#story = new Story(new Random(seed, 2), this.#ledger, faults, counts);
    this.#common = {
      ledger: this.#ledger,
      counts,
      options: { inactive: this.#ledger.inactive, batchSize: settings.pick([1, 2, 3, 1_000]) },
      concurrency: settings.pick([1, 1, 2, 3]),
      locking: new Map(),
      broken: (error) => {
        this.#broken ??= { error };
      },
    };
  }

  /** Starts an episode: creates its courses and fields in an empty world. */
  static async begin(setting: Setting, world: World): Promise<Episode> {
    const episode = new Episode(setting, world);
    for (const courseId of COURSES) await episode.#act({ do: 'method', courseId, method: 'by-assignment-only' });
    await episode.#act({ do: 'fields', fields: DECLARATIONS[0]! });
    return episode;
  }

  /** Generates and runs this many steps; then waits until all clients are at rest, and checks the laws. */
  async play(steps: number): Promise<void> {
    let left = steps;
    await this.#play(() => {
      if (left-- <= 0) return undefined;
      const step = { n: this.steps.length, ...this.#story.next() };
      this.steps.push(step);
      return step;
    });
    this.steps.push({ n: this.steps.length, do: 'quiet' });
    await this.#rest();
  }

  /** Runs the steps of a history, or a part of them. */
  async replay(steps: readonly Step[]): Promise<void> {
    const left = [...steps];
    while (left.length > 0) {
      await this.#play(() => {
        const step = left[0];
        if (!step || step.do === 'quiet') return undefined;
        left.shift();
        return step;
      });
      left.shift();
      await this.#rest();
    }
  }

  async #play(next: () => ((HostStep | LibraryStep) & { readonly n: number }) | undefined): Promise<void> {
    const scheduler = new Scheduler(this.#setting.seed, this.#setting);
    const work = async (actor: Actor): Promise<void> => {
      const pace: Pace = {
        halt: (turns) => scheduler.park(actor, turns),
        sure: (is) => {
          actor.sure = is;
        },
      };
      for (let step = next(); step; step = next()) {
        actor.random = new Random(this.#setting.seed, 7, step.n);
        await this.#step(step, pace);
        if (this.#broken) throw this.#broken.error;
        await pace.halt();
      }
    };
    await scheduler.run(Array.from({ length: CLIENTS }, () => work));
    if (this.#broken) throw this.#broken.error;
  }

  async #step(step: (HostStep | LibraryStep) & { readonly n: number }, pace: Pace): Promise<void> {
    const { counts } = this.#setting;
    counts.steps++;
    const changed = isLibraryStep(step) ? await this.#ask(step, step.n, pace) : await this.#act(step);
    if (changed) counts.changed++;
  }

  /** Runs a step of the host. Its steps run one at a time, concurrently with the other clients. */
  #act(step: HostStep): Promise<boolean> {
    const acting = this.#hostIsFree.then(async () => {
      this.#ledger.begin(step);
      await act(this.#world, step);
      return this.#ledger.act(step);
    });
    this.#hostIsFree = acting.catch(() => undefined);
    return acting;
  }

  /** Runs a step of the library in a new process, which may die. */
  async #ask(step: LibraryStep, n: number, pace: Pace): Promise<boolean> {
    const { seed, faults, counts } = this.#setting;
    const misfortune = new Misfortune(new Random(seed, 4, n), new Random(seed, 8, n), faults, counts.faults);
    const process = new Process(await this.#world.reopen(), this.#common, pace, misfortune, `step ${n}`);
    const since = this.#ledger.now();
    const found = this.#ledger.found();
    const operation = { step, observed: process.observed, misfortune };
    const verdict = await ask(process, step).then(
      (outcome) => resolved(operation, outcome),
      (error: unknown) => {
        if (this.#broken) throw this.#broken.error;
        return rejected(operation, error);
      },
    );
    const failed = process.observed.failedAlone ? [process.observed.failedAlone.id] : [];
    // The host sends a notice for learners who were set aside.
    if (failed.length > 0) this.#story.notify(failed);
    if (verdict === 'to be run again') this.#story.again(step);
    if (verdict === 'refused') counts.refused++;
    if (verdict === 'conflict') counts.conflicts++;
    if (verdict === 'done') {
      const others = (ids: readonly string[]) => ids.filter((id) => !failed.includes(id));
      if (step.do === 'notice') this.#ledger.evaluated(since, others(step.ids));
      if (step.do === 'reconcile' && !step.courses) this.#ledger.evaluated(since, others(found));
    }
    this.#ledger.setAside(failed);
    return process.changed;
  }

  async #rest(): Promise<void> {
    let over = false;
    const checked = this.#quiet().finally(() => {
      over = true;
    });
    const limit = 3 * this.#setting.timeout;
    await within(limit, 'The settle and reconcile at rest', () => checked).catch((error: unknown) => {
      if (this.#broken) throw this.#broken.error;
      throw over ? error : new Deadlock(error instanceof Error ? error.message : String(error));
    });
  }

  /** Checks at rest that the store equals the ledger, and that everything obeys the laws after another process settles and reconciles. */
  async #quiet(): Promise<void> {
    const { counts } = this.#setting;
    counts.quiet++;
    const world = await this.#world.reopen();
    await checkRest(this.#ledger, world, await world.repositories.catalog.load());
    const calm: Pace = { halt: async () => undefined, sure: () => undefined };
    const misfortune = new Misfortune(new Random(0), new Random(0), NO_FAULTS, counts.faults);
    const process = () => new Process(world, this.#common, calm, misfortune);
    const { library } = process();
    await library.settle();
    same((await world.repositories.catalog.load()).unsettled, [], 'The unsettled work after settle()');
    checkLaw(this.#ledger, 'up to date');
    await this.#reconcile(process());
    if (this.#ledger.unreadable.size > 0) {
      for (const learnerId of [...this.#ledger.unreadable.keys()]) await this.#act({ do: 'repair', learnerId });
      await this.#reconcile(process());
    }
    const { summary } = await library.reconcile();
    same(summary.learners, 0, 'The number of learners that a second reconcile changed');
    await checkRest(this.#ledger, world, await world.repositories.catalog.load());
  }

  /** Reconciles everyone, and checks that unreadable learners are listed as blocked and all others hold what they should. */
  async #reconcile({ library, observed }: Process): Promise<void> {
    const since = this.#ledger.now();
    const { summary, outstanding } = await library.reconcile();
    same(outstanding, [], 'The outstanding work at rest');
    const unreadable = [...observed.all.unreadable];
    const blocked = summary.blocked.flatMap((one) => (one.kind === 'invalid-learner' ? [one.learnerId] : []));
    sameItems(
      unreadable.filter((id) => !blocked.includes(id)),
      [],
      'Unreadable learners who are not listed as blocked',
    );
    this.#ledger.evaluated(since);
    checkLaw(this.#ledger, 'readable');
  }
}
