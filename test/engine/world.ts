import {
  createSmartEnrolments,
  type Edit,
  field,
  type Learner,
  type LearnerDiff,
  type Repositories,
  type Rule,
  type RunOptions,
  type SmartEnrolments,
  type SmartEnrolmentsOptions,
} from '../../src/index.js';
import { createMemoryRepositories, type Host } from '../../src/memory/index.js';
import { intercept } from '../../src/testkit/intercept.js';

/** One call of a repository's method. */
export interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether it was made in a transaction. */
  readonly inside: boolean;
}

type Hook = (call: Call) => unknown;

/** Memory repositories whose calls are noted and can be met by hooks. */
export class World {
  readonly memory: Repositories & { readonly host: Host };
  readonly host: Host;
  readonly repositories: Repositories;
  readonly engine: SmartEnrolments;
  calls: Call[] = [];
  readonly #hooks = new Map<string, Hook>();

  constructor(learners: readonly Learner[], options?: SmartEnrolmentsOptions) {
    const courses = ['c1', 'c2', 'c3'].map((id) => ({ id, enrolmentMethod: 'by-assignment-only' }));
    this.memory = createMemoryRepositories({
      courses: [...courses, { id: 'open', enrolmentMethod: 'self' }],
      learners,
    });
    this.host = this.memory.host;
    this.repositories = intercept(this.memory, async (method, call, args, inside) => {
      const noted = { method, args, inside };
      this.calls.push(noted);
      await this.#hooks.get(method)?.(noted);
      return call();
    });
    this.engine = createSmartEnrolments(this.repositories, options);
  }

  /** Another engine on the same storage, unseen; without limits unless given. */
  other(options?: SmartEnrolmentsOptions): SmartEnrolments {
    return createSmartEnrolments(this.memory, options);
  }

  /** Runs before every call of the method; what it throws, the method throws. */
  before(method: string, hook: Hook): void {
    this.#hooks.set(method, hook);
  }

  /** Runs before the n-th call of the method from now on (the first is 1), and not again. */
  beforeNth(method: string, n: number, hook: Hook): void {
    let count = 0;
    this.before(method, (call) => (++count === n ? hook(call) : undefined));
  }

  forget(): void {
    this.calls = [];
    this.#hooks.clear();
  }

  of(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Calls that change what is stored. */
  writes(): string[] {
    const writing = ['catalog.commit', 'catalog.settled', 'enrolments.write'];
    return this.calls.flatMap(({ method }) => (writing.includes(method) ? method : []));
  }

  /** The ids of all transactions, in order. */
  locked(): string[] {
    return this.of('transaction').flatMap(({ args }) => args[0] as string[]);
  }

  /** Every smart assignment as `learner/course/link`. */
  async held(): Promise<string[]> {
    const rows = await this.host.assignments();
    return rows.map(({ learnerId, courseId, linkId }) => `${learnerId}/${courseId}/${linkId}`).sort();
  }

  /** Everything stored, to compare. */
  async snapshot(): Promise<unknown> {
    return JSON.parse(JSON.stringify([await this.memory.catalog.load(), await this.host.assignments()]));
  }
}

/** A world in which these edits have been applied, before the calls are counted. */
export async function worldOf(
  learners: readonly Learner[],
  edits: readonly Edit[],
  options?: SmartEnrolmentsOptions,
): Promise<World> {
  const world = new World(learners, options);
  await world.other({ ...(options?.inactive && { inactive: options.inactive }) }).apply(edits);
  world.forget();
  return world;
}

/** What a store throws whose connection is lost. */
export const down = (): Error => Object.assign(new Error('down'), { code: 'ECONNRESET' });

/** Learners at a site. */
export const at = (site: string, ...ids: readonly string[]): Learner[] => ids.map((id) => ({ id, profile: { site } }));

/** Ids `l00`, `l01`, …, in order. */
export const numbered = (count: number, prefix = 'l'): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(2, '0')}`);

/** Saves a segment of everyone at a site, or by another rule. */
export const segment = (id: string, rule: Rule | undefined = field('site').equals(id)): Edit => ({
  type: 'saveSegment',
  segment: { id, title: id, rule },
});

/** Saves a segment of those placed in it. */
export const placed = (id: string): Edit => ({ type: 'saveSegment', segment: { id, title: id, rule: null } });

/** Links a segment to a course; the id says both unless given. */
export const link = (
  segmentId: string,
  courseId: string,
  rule?: Rule | null,
  id = `${segmentId}-${courseId}`,
): Edit => ({
  type: 'link',
  link: { id, segmentId, courseId, ...(rule !== undefined && { rule }) },
});

export const unlink = (linkId: string): Edit => ({ type: 'unlink', linkId });

/** Options that collect what `onDiff` is given. */
export function collector(): { readonly diffs: LearnerDiff[]; readonly options: RunOptions } {
  const diffs: LearnerDiff[] = [];
  return { diffs, options: { onDiff: (some) => void diffs.push(...some) } };
}

/** Returns what a promise rejects with; rejects if it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (result) => Promise.reject(new Error(`It resolved: ${JSON.stringify(result)}`)),
    (error: unknown) => error,
  );
}

/** A promise and its release, to hold a call up. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A copy without operations and times, which differ from run to run. */
export function withoutOperations(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'operation' || key === 'at' ? undefined : inner)));
}
