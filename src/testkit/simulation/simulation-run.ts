import { assertEqual, assertSameItems } from '../assert.js';
import { Random } from '../random.js';
import { withTimeLimit } from '../time-limit.js';
import type { World } from '../world.js';
import { checkRejected, checkResolved } from './check-result.js';
import { ExpectedState } from './expected-state.js';
import { FaultInjector } from './fault-injector.js';
import { checkAssignments, checkRest } from './laws.js';
import { Process } from './process.js';
import { type Counts, type Faults, NO_FAULTS } from './report.js';
import { runHostStep, runLibraryStep } from './run-step.js';
import { type Actor, Deadlock, Scheduler } from './scheduler.js';
import type { SharedState, Turns } from './shared-state.js';
import { type HostStep, isLibraryStep, type LibraryStep, type Step } from './step.js';
import { COURSES, DECLARATIONS, StepGenerator } from './step-generator.js';

/** The settings of one run. */
export interface RunSettings {
  readonly seed: number;
  readonly faults: Faults;
  readonly counts: Counts;
  readonly patience: number;
  readonly timeout: number;
  create(): Promise<World>;
}

/** How many clients work concurrently. */
const CLIENTS = 4;

/** A run in one fresh world: with generated steps, or with the steps of a history. */
export class SimulationRun {
  /** The steps so far. */
  readonly steps: Step[] = [];
  readonly #settings: RunSettings;
  readonly #world: World;
  readonly #generator: StepGenerator;
  readonly #shared: SharedState;
  readonly #expected: ExpectedState;
  #broken: { readonly error: unknown } | undefined;
  #lastHostStep: Promise<unknown> = Promise.resolve();

  private constructor(settings: RunSettings, world: World) {
    this.#settings = settings;
    this.#world = world;
    const { seed, faults, counts } = settings;
    const random = new Random(seed, 1);
    this.#expected = new ExpectedState(random.pick(['freeze', 'unenrol']));
    this.#generator = new StepGenerator(new Random(seed, 2), this.#expected, faults, counts);
    this.#shared = {
      expected: this.#expected,
      counts,
      options: { inactive: this.#expected.inactive, batchSize: random.pick([1, 2, 3, 1_000]) },
      concurrency: random.pick([1, 1, 2, 3]),
      locking: new Map(),
      recordBroken: (error) => {
        this.#broken ??= { error };
      },
    };
  }

  /** Starts a run: creates its courses and fields in an empty world. */
  static async begin(settings: RunSettings, world: World): Promise<SimulationRun> {
    const run = new SimulationRun(settings, world);
    for (const courseId of COURSES) await run.#runHostStep({ do: 'method', courseId, method: 'by-assignment-only' });
    await run.#runHostStep({ do: 'fields', fields: DECLARATIONS[0]! });
    return run;
  }

  /** Generates and runs this many steps; then waits until all clients are at rest, and checks the laws. */
  async play(steps: number): Promise<void> {
    let left = steps;
    await this.#runClients(() => {
      if (left-- <= 0) return undefined;
      const step = { n: this.steps.length, ...this.#generator.next() };
      this.steps.push(step);
      return step;
    });
    this.steps.push({ n: this.steps.length, do: 'quiet' });
    await this.#checkAtRest();
  }

  /** Runs the steps of a history, or a part of them. */
  async replay(steps: readonly Step[]): Promise<void> {
    const left = [...steps];
    while (left.length > 0) {
      await this.#runClients(() => {
        const step = left[0];
        if (!step || step.do === 'quiet') return undefined;
        left.shift();
        return step;
      });
      left.shift();
      await this.#checkAtRest();
    }
  }

  async #runClients(next: () => ((HostStep | LibraryStep) & { readonly n: number }) | undefined): Promise<void> {
    const scheduler = new Scheduler(this.#settings.seed, this.#settings);
    const work = async (actor: Actor): Promise<void> => {
      const turns: Turns = {
        next: (turns) => scheduler.park(actor, turns),
        setUnblocked: (is) => {
          actor.isUnblocked = is;
        },
      };
      for (let step = next(); step; step = next()) {
        actor.random = new Random(this.#settings.seed, 7, step.n);
        await this.#runStep(step, turns);
        if (this.#broken) throw this.#broken.error;
        await turns.next();
      }
    };
    await scheduler.run(Array.from({ length: CLIENTS }, () => work));
    if (this.#broken) throw this.#broken.error;
  }

  async #runStep(step: (HostStep | LibraryStep) & { readonly n: number }, turns: Turns): Promise<void> {
    const { counts } = this.#settings;
    counts.steps++;
    const changed = isLibraryStep(step)
      ? await this.#runLibraryStep(step, step.n, turns)
      : await this.#runHostStep(step);
    if (changed) counts.changed++;
  }

  /** Runs a step of the host. Its steps run one at a time, concurrently with the other clients. */
  #runHostStep(step: HostStep): Promise<boolean> {
    const acting = this.#lastHostStep.then(async () => {
      this.#expected.beginHostStep(step);
      await runHostStep(this.#world, step);
      return this.#expected.applyHostStep(step);
    });
    this.#lastHostStep = acting.catch(() => undefined);
    return acting;
  }

  /** Runs a step of the library in a new process, which may die. */
  async #runLibraryStep(step: LibraryStep, n: number, turns: Turns): Promise<boolean> {
    const { seed, faults, counts } = this.#settings;
    const injector = new FaultInjector(new Random(seed, 4, n), new Random(seed, 8, n), faults, counts.faults);
    const process = new Process(await this.#world.reopen(), this.#shared, turns, injector, `step ${n}`);
    const since = this.#expected.now();
    const found = this.#expected.walkedIds();
    const operation = { step, observed: process.observed, injector };
    const result = await runLibraryStep(process, step).then(
      (outcome) => checkResolved(operation, outcome),
      (error: unknown) => {
        if (this.#broken) throw this.#broken.error;
        return checkRejected(operation, error);
      },
    );
    const failed = process.observed.failedAlone ? [process.observed.failedAlone.id] : [];
    // The host sends a notice for learners who were set aside.
    if (failed.length > 0) this.#generator.notify(failed);
    if (result === 'retry') this.#generator.retry(step);
    if (result === 'refused') counts.refused++;
    if (result === 'conflict') counts.conflicts++;
    if (result === 'done') {
      const others = (ids: readonly string[]) => ids.filter((id) => !failed.includes(id));
      if (step.do === 'notice') this.#expected.recordEvaluated(since, others(step.ids));
      if (step.do === 'reconcile' && !step.courses) this.#expected.recordEvaluated(since, others(found));
    }
    this.#expected.recordSetAside(failed);
    return process.changed;
  }

  async #checkAtRest(): Promise<void> {
    let over = false;
    const checked = this.#settleAndCheck().finally(() => {
      over = true;
    });
    const limit = 3 * this.#settings.timeout;
    await withTimeLimit(limit, 'The settle and reconcile at rest', () => checked).catch((error: unknown) => {
      if (this.#broken) throw this.#broken.error;
      throw over ? error : new Deadlock(error instanceof Error ? error.message : String(error));
    });
  }

  /** Checks at rest that the store equals the expected state, and that everything obeys the laws after another process settles and reconciles. */
  async #settleAndCheck(): Promise<void> {
    const { counts } = this.#settings;
    counts.quiet++;
    const world = await this.#world.reopen();
    await checkRest(this.#expected, world, await world.repositories.catalog.load());
    const calm: Turns = { next: async () => undefined, setUnblocked: () => undefined };
    const injector = new FaultInjector(new Random(0), new Random(0), NO_FAULTS, counts.faults);
    const process = () => new Process(world, this.#shared, calm, injector);
    const { library } = process();
    await library.settle();
    assertEqual((await world.repositories.catalog.load()).unsettled, [], 'The unsettled work after settle()');
    checkAssignments(this.#expected, 'up to date');
    await this.#reconcile(process());
    if (this.#expected.unreadable.size > 0) {
      for (const learnerId of [...this.#expected.unreadable.keys()])
        await this.#runHostStep({ do: 'repair', learnerId });
      await this.#reconcile(process());
    }
    const { summary } = await library.reconcile();
    assertEqual(summary.learners, 0, 'The number of learners that a second reconcile changed');
    await checkRest(this.#expected, world, await world.repositories.catalog.load());
  }

  /** Reconciles everyone, and checks that unreadable learners are listed as blocked and all others hold what they should. */
  async #reconcile({ library, observed }: Process): Promise<void> {
    const since = this.#expected.now();
    const { summary, outstanding } = await library.reconcile();
    assertEqual(outstanding, [], 'The outstanding work at rest');
    const unreadable = [...observed.all.unreadable];
    const blocked = summary.blocked.flatMap((one) => (one.kind === 'invalid-learner' ? [one.learnerId] : []));
    assertSameItems(
      unreadable.filter((id) => !blocked.includes(id)),
      [],
      'Unreadable learners who are not listed as blocked',
    );
    this.#expected.recordEvaluated(since);
    checkAssignments(this.#expected, 'readable');
  }
}
