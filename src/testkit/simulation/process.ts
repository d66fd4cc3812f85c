import type { SmartEnrolments } from '../../engine/contract.js';
import { createSmartEnrolments } from '../../engine/create.js';
import { isSmartEnrolmentsError } from '../../errors/smart-enrolments-error.js';
import type { Catalog, Edit } from '../../model/catalog.js';
import type { LearnerDiff } from '../../model/diff.js';
import type {
  CommitOptions,
  LearnerQuery,
  Repositories,
  SettledRange,
  WriteContext,
} from '../../repositories/repositories.js';
import { assert } from '../assert.js';
import { type Interceptor, intercept } from '../intercept.js';
import { withUnreadable } from '../unreadable.js';
import type { World } from '../world.js';
import type { FaultInjector } from './fault-injector.js';
import { checkContext, checkDiff, checkStored } from './laws.js';
import { Observed } from './observed.js';
import { Deadlock } from './scheduler.js';
import type { SharedState, Turns } from './shared-state.js';

/** More calls than any operation makes for so few learners. */
const ENDLESS = 20_000;

/**
 * A process that runs the library over a client of the storage. Every call waits for its turn, may have a fault injected, and is
 * recorded in the expected state.
 */
export class Process {
  readonly library: SmartEnrolments;
  /** The `actor` of the operation, if it has one. */
  readonly actor: string | undefined;
  /** Whether the operation has stored anything so far. */
  changed = false;
  /** The edits that the operation may commit. */
  edits: readonly Edit[] = [];
  readonly observed = new Observed();
  readonly #world: World;
  readonly #shared: SharedState;
  readonly #turns: Turns;
  readonly #injector: FaultInjector;
  #calls = 0;

  constructor(world: World, shared: SharedState, turns: Turns, injector: FaultInjector, actor?: string) {
    this.actor = actor;
    this.#world = world;
    this.#shared = shared;
    this.#turns = turns;
    this.#injector = injector;
    this.library = createSmartEnrolments(this.#repositories(), shared.options);
  }

  #repositories(): Repositories {
    const { concurrency, expected } = this.#shared;
    const plain = intercept(withUnreadable(this.#world.repositories, expected.unreadable), this.#intercept);
    return { ...plain, concurrency, transaction: (ids, work) => this.#transaction(ids, work) };
  }

  readonly #intercept: Interceptor = async (method, call, args) => {
    const injector = this.#injector;
    if (++this.#calls > ENDLESS) this.#fail(new Deadlock(`One operation made ${ENDLESS} calls and has not ended.`));
    this.#observeCallAfterFault();
    injector.throwIfDue('before', method);
    await this.#turns.next();
    if (method === 'learners.page') injector.throwIfWalkFails(args[0] as LearnerQuery);
    const result = await (method === 'catalog.commit' ? this.#commit(call, args[1] as CommitOptions) : call());
    injector.throwIfDue('after', method);
    const slow = injector.delayOf(method);
    if (slow > 0) await this.#turns.next(slow);
    if (method === 'catalog.load') this.observed.recordLoad(result as Catalog);
    if (method === 'catalog.settled') this.#observeSettled(args[0] as SettledRange);
    return result;
  };

  /** Records a call after a fault. Concurrent batches may still end, so only a concurrency of 1 counts. */
  #observeCallAfterFault(): void {
    if (this.#injector.thrown && this.#shared.concurrency === 1) this.observed.hasCalledAfterFault = true;
  }

  #observeSettled(progress: SettledRange): void {
    this.changed ||= progress.done;
    this.observed.recordSettled(progress);
  }

  async #commit<T>(call: () => Promise<T>, { unsettled }: CommitOptions): Promise<T> {
    const { expected, counts } = this.#shared;
    const commit = { work: unsettled, isDone: false };
    expected.commits.set(unsettled.operation.id, commit);
    const end = expected.beginCommit(this.edits);
    try {
      const revision = await call();
      expected.applyEdits(this.edits);
      commit.isDone = true;
      this.observed.recordCommit(unsettled);
      counts.commits++;
      this.changed = true;
      return revision;
    } catch (error) {
      this.observed.hasConflicted ||= isSmartEnrolmentsError(error, 'catalog_conflict');
      throw error;
    } finally {
      end();
    }
  }

  async #transaction<T>(ids: readonly string[], work: (inside: Repositories) => Promise<T>): Promise<T> {
    const { counts } = this.#shared;
    this.#observeCallAfterFault();
    this.#injector.throwIfDue('before', 'transaction');
    await this.#turns.next();
    counts.transactions++;
    this.observed.recordTransaction(ids);
    if (this.#lock(ids, 1)) counts.overlapping++;
    try {
      if (this.#injector.shouldRerun()) await this.#runTransaction(ids, work, true);
      return await this.#runTransaction(ids, work, false);
    } finally {
      this.#lock(ids, -1);
      this.#turns.setUnblocked(false);
    }
  }

  /** Runs the work in a transaction; `undone`: rolls it back at the end, as a database does before a retry. */
  async #runTransaction<T>(
    ids: readonly string[],
    work: (inside: Repositories) => Promise<T>,
    undone: boolean,
  ): Promise<T> {
    const { expected } = this.#shared;
    const undo = new Error('rolled back, to be run again');
    let written: LearnerDiff[] = [];
    let context: WriteContext | undefined;
    let unreadable = new Set<string>();
    let since = 0;
    let acknowledge = (): void => undefined;
    const run = this.#world.repositories.transaction(ids, async (inside) => {
      acknowledge();
      written = [];
      unreadable = new Set();
      await expected.pendingCommits.settled(ids);
      await this.#turns.next();
      since = expected.now();
      const read = withUnreadable(inside, expected.unreadable, (id) => {
        unreadable.add(id);
        this.#injector.countUnreadable();
      });
      const result = await work(
        this.#inside(read, ids, (diffs, given) => {
          context = given;
          this.#check(diffs, given, since, { written, unreadable });
        }),
      );
      this.#turns.setUnblocked(true);
      if (undone) throw undo;
      acknowledge = expected.pendingCommits.begin(written.map(({ learnerId }) => learnerId));
      return result;
    });
    let result: T | undefined;
    try {
      result = await run;
    } catch (error) {
      written = [];
      if (error !== undo) throw error;
    } finally {
      for (const diff of written) expected.applyDiff(diff);
      acknowledge();
      this.changed ||= written.length > 0;
      if (context && written.length > 0) this.observed.wrote.add(context.operation.id);
      await this.#checkStored(ids, written, since);
      this.#turns.setUnblocked(false);
    }
    if (!undone) {
      this.#injector.throwIfDue('after', 'transaction');
      this.observed.recordUnreadable(unreadable);
    }
    return result as T;
  }

  #inside(
    inside: Repositories,
    ids: readonly string[],
    wrote: (diffs: readonly LearnerDiff[], context: WriteContext) => void,
  ): Repositories {
    const interceptor: Interceptor = async (method, call, args, within) => {
      if (method !== 'enrolments.write') return this.#intercept(method, call, args, within);
      const diffs = args[0] as readonly LearnerDiff[];
      wrote(diffs, args[1] as WriteContext);
      try {
        this.#injector.throwIfWriteFails('before', diffs);
        const result = await this.#intercept(method, call, args, within);
        this.#injector.throwIfWriteFails('after', diffs);
        return result;
      } catch (error) {
        if (!this.#injector.thrown && ids.length === 1) this.observed.recordFailedAlone(ids[0]!, error);
        throw error;
      }
    };
    return intercept(inside, interceptor, true);
  }

  /** Checks diffs before they are written: they obey the laws, and none is for a learner that the transaction could not read. */
  #check(
    diffs: readonly LearnerDiff[],
    context: WriteContext,
    since: number,
    { written, unreadable }: { readonly written: LearnerDiff[]; readonly unreadable: ReadonlySet<string> },
  ): void {
    try {
      checkContext(this.#shared.expected, this, diffs, context);
      for (const diff of diffs) {
        const id = JSON.stringify(diff.learnerId);
        assert(
          !unreadable.has(diff.learnerId),
          `A diff is written for ${id}, although this learner could not be read.`,
        );
        checkDiff(this.#shared.expected, diff, since);
      }
    } catch (error) {
      this.#fail(error);
    }
    written.push(...diffs);
  }

  async #checkStored(ids: readonly string[], written: readonly LearnerDiff[], since: number): Promise<void> {
    const startedBy = (id: string) =>
      written.flatMap(({ learnerId, enrolled }) => (learnerId === id ? enrolled : [])).map(({ courseId }) => courseId);
    try {
      for (const id of ids)
        await checkStored(this.#shared.expected, this.#world, id, { since, started: startedBy(id) });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Records a broken law, and ends the operation. */
  #fail(error: unknown): never {
    this.#shared.recordBroken(error);
    throw error;
  }

  /** Enters or leaves the learners' queues; returns whether another transaction was in one of them. */
  #lock(ids: readonly string[], change: 1 | -1): boolean {
    const { locking } = this.#shared;
    const overlaps = ids.some((id) => (locking.get(id) ?? 0) > 0);
    for (const id of new Set(ids)) locking.set(id, (locking.get(id) ?? 0) + change);
    return overlaps;
  }
}
