import {
  type Confirm,
  createSmartEnrolments,
  isSmartEnrolmentsError,
  type LearnerDiff,
  type LearnerState,
  type Outcome,
  type Repositories,
  type RunOptions,
  type SmartEnrolments,
  type SmartEnrolmentsOptions,
} from '../../src/index.js';
import { createMemoryRepositories, type Host } from '../../src/memory/index.js';
import { byCodePoint } from './expected-diff.js';
import { settled } from './oracle.js';
import { LEARNERS } from './pools.js';
import type { HostStep, LibraryStep, Start, Step } from './steps.js';
import { World } from './world.js';

/** What every learner holds. */
export type Holdings = ReadonlyMap<string, LearnerState>;

/** What a step did. */
export interface Taken {
  readonly before: Holdings;
  readonly after: Holdings;
  readonly diffs: readonly LearnerDiff[];
  readonly outcome?: Outcome;
  /** The code with which the library refused, where it may. */
  readonly refused?: string;
}

const REFUSALS = new Set<string>([
  'invalid_input',
  'invalid_input',
  'unknown_segment',
  'unknown_course',
  'unknown_link',
  'course_not_by_assignment',
  'duplicate_link',
  'segment_in_use',
  'rule_cycle',
]);

/** Performs a step of the host. */
export function act(host: Host, step: HostStep): Promise<void> {
  switch (step.do) {
    case 'save':
      return host.saveLearners(step.learners);
    case 'delete':
      return host.deleteLearners(step.ids);
    case 'courses':
      return host.saveCourses(step.courses);
    case 'drop courses':
      return host.deleteCourses(step.ids);
    case 'fields':
      return host.saveFields(step.fields);
    case 'enrol':
      return host.enrolIndividually(step.learnerId, step.courseId);
    case 'unenrol':
      return host.unenrolIndividually(step.learnerId, step.courseId);
    default:
      return host.recordTraining(step.learnerId, step.courseId, step.status);
  }
}

/** Performs a step of the library. */
export function ask(library: SmartEnrolments, step: LibraryStep, options: RunOptions & Confirm = {}): Promise<Outcome> {
  if (step.do === 'apply') return library.apply(step.edits, options);
  if (step.do === 'notice') return library.learnersChanged(step.ids, options);
  return library.reconcile({ ...options, ...(step.courses && { courses: step.courses }) });
}

/** Whether the library, rather than the host, takes a step. */
export function isLibraryStep(step: Step): step is LibraryStep {
  return step.do === 'apply' || step.do === 'notice' || step.do === 'reconcile';
}

/** What every learner of the pool, or of these ids, holds at the host. */
export async function holdingsOf(host: Host, ids: readonly string[] = LEARNERS): Promise<Holdings> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await host.state(id)] as const)));
}

/** Assignments as one comparable line each. */
export function lines(holdings: Holdings): string[] {
  return [...holdings.values()]
    .flatMap(({ learnerId, assignments }) =>
      assignments.map(({ courseId, linkId }) => JSON.stringify([learnerId, courseId, linkId])),
    )
    .sort();
}

/** A history being played: a host, the library over it, and the expected world. */
export class Play {
  readonly world: World;
  readonly store: Repositories & { readonly host: Host };
  readonly library: SmartEnrolments;

  private constructor(
    start: Start,
    options: SmartEnrolmentsOptions,
    around: (repositories: Repositories) => Repositories,
  ) {
    const { fields, courses, learners } = start;
    this.world = new World(start);
    this.store = createMemoryRepositories({ courses, learners, ...(fields && { fields }) });
    this.library = createSmartEnrolments(around(this.store), { ...options, inactive: start.inactive });
  }

  /** Sets the stage: prior enrolments first, then the catalog; and what else these steps do. */
  static async begin(
    start: Start,
    {
      steps = [],
      around = (repositories) => repositories,
      ...options
    }: SmartEnrolmentsOptions & {
      readonly steps?: readonly Step[];
      readonly around?: (repositories: Repositories) => Repositories;
    } = {},
  ): Promise<Play> {
    const play = new Play(start, options, around);
    await play.takeAll([
      ...start.prior,
      ...start.setup.map((edit): Step => ({ do: 'apply', edits: [edit] })),
      ...steps,
    ]);
    return play;
  }

  get host(): Host {
    return this.store.host;
  }

  /** A library of its own over the same host, as another process has it. */
  another(
    around: (repositories: Repositories) => Repositories = (same) => same,
    options: SmartEnrolmentsOptions = {},
  ): SmartEnrolments {
    return createSmartEnrolments(around(this.store), { ...options, inactive: this.world.inactive });
  }

  /** What every learner holds now. */
  holdings(): Promise<Holdings> {
    return holdingsOf(this.host);
  }

  /** Takes one step, on the host and in the world. An edit that may be refused changes the world only if it was not. */
  async take(step: Step): Promise<Taken> {
    const before = await this.holdings();
    const diffs: LearnerDiff[] = [];
    let outcome: Outcome | undefined;
    let refused: string | undefined;
    if (!isLibraryStep(step)) await act(this.host, step);
    else {
      try {
        outcome = await ask(this.library, step, { onDiff: (batch) => void diffs.push(...batch) });
      } catch (error) {
        if (step.do !== 'apply' || !isSmartEnrolmentsError(error) || !REFUSALS.has(error.code)) throw error;
        refused = error.code;
      }
    }
    if (refused === undefined) this.world.take(step);
    diffs.sort((a, b) => byCodePoint(a.learnerId, b.learnerId));
    return { before, after: await this.holdings(), diffs, ...(outcome && { outcome }), ...(refused && { refused }) };
  }

  /** Takes steps one after the other. */
  async takeAll(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      if (isLibraryStep(step)) await this.take(step);
      else await act(this.host, step).then(() => this.world.take(step));
    }
  }

  /** What every learner should hold according to the oracle, given what they hold. */
  expected(holdings: Holdings): Holdings {
    const { facts, learners } = this.world;
    return new Map(
      [...holdings].map(([id, state]) => [
        id,
        { ...state, assignments: settled(facts, learners.get(id), state.assignments) },
      ]),
    );
  }
}
