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
import { holds } from '../assert.js';
import { type Around, surround } from '../surround.js';
import { withUnreadable } from '../unreadable.js';
import type { World } from '../world.js';
import { checkContext, checkDiff, checkStored } from './laws.js';
import type { Misfortune } from './misfortune.js';
import { Observed } from './observed.js';
import { Deadlock } from './scheduler.js';
import type { Common, Pace } from './surroundings.js';

/** More calls than any operation makes for so few learners. */
const ENDLESS = 20_000;

/**
 * A process that runs the library over a client of the storage. Every call waits for its turn, may have a fault injected, and is
 * recorded in the ledger.
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
  readonly #common: Common;
  readonly #pace: Pace;
  readonly #misfortune: Misfortune;
  #calls = 0;

  constructor(world: World, common: Common, pace: Pace, misfortune: Misfortune, actor?: string) {
    this.actor = actor;
    this.#world = world;
    this.#common = common;
    this.#pace = pace;
    this.#misfortune = misfortune;
    this.library = createSmartEnrolments(this.#repositories(), common.options);
  }

  #repositories(): Repositories {
    const { concurrency, ledger } = this.#common;
    const plain = surround(withUnreadable(this.#world.repositories, ledger.unreadable), this.#around);
    return { ...plain, concurrency, transaction: (ids, work) => this.#transaction(ids, work) };
  }

  readonly #around: Around = async (method, call, args) => {
    const misfortune = this.#misfortune;
    if (++this.#calls > ENDLESS) this.#fail(new Deadlock(`One operation made ${ENDLESS} calls and has not ended.`));
    this.#observeGoingOn();
    misfortune.throwIfDue('before', method);
    await this.#pace.halt();
    if (method === 'learners.page') misfortune.walk(args[0] as LearnerQuery);
    const result = await (method === 'catalog.commit' ? this.#commit(call, args[1] as CommitOptions) : call());
    misfortune.throwIfDue('after', method);
    const slow = misfortune.slow(method);
    if (slow > 0) await this.#pace.halt(slow);
    if (method === 'catalog.load') this.observed.load(result as Catalog);
    if (method === 'catalog.settled') this.#observeSettled(args[0] as SettledRange);
    return result;
  };

  /** Records a call after a fault. Concurrent batches may still end, so only a concurrency of 1 counts. */
  #observeGoingOn(): void {
    if (this.#misfortune.struck && this.#common.concurrency === 1) this.observed.hasGoneOn = true;
  }

  #observeSettled(progress: SettledRange): void {
    this.changed ||= progress.done;
    this.observed.settles(progress);
  }

  async #commit<T>(call: () => Promise<T>, { unsettled }: CommitOptions): Promise<T> {
    const { ledger, counts } = this.#common;
    ledger.works.set(unsettled.operation.id, unsettled);
    const end = ledger.committing(this.edits);
    try {
      const revision = await call();
      ledger.commit(this.edits);
      ledger.committed.add(unsettled.operation.id);
      this.observed.commit(unsettled);
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
    const { counts } = this.#common;
    this.#observeGoingOn();
    this.#misfortune.throwIfDue('before', 'transaction');
    await this.#pace.halt();
    counts.transactions++;
    this.observed.evaluates(ids);
    if (this.#lock(ids, 1)) counts.overlapping++;
    try {
      if (this.#misfortune.rerun()) await this.#once(ids, work, true);
      return await this.#once(ids, work, false);
    } finally {
      this.#lock(ids, -1);
      this.#pace.sure(false);
    }
  }

  /** Runs the work in a transaction; `undone`: rolls it back at the end, as a database does before a retry. */
  async #once<T>(ids: readonly string[], work: (inside: Repositories) => Promise<T>, undone: boolean): Promise<T> {
    const { ledger } = this.#common;
    const undo = new Error('rolled back, to be run again');
    let written: LearnerDiff[] = [];
    let context: WriteContext | undefined;
    let unreadable = new Set<string>();
    let since = 0;
    let heard = (): void => undefined;
    const run = this.#world.repositories.transaction(ids, async (inside) => {
      heard();
      written = [];
      unreadable = new Set();
      await ledger.unheard.none(ids);
      await this.#pace.halt();
      since = ledger.now();
      const read = withUnreadable(inside, ledger.unreadable, (id) => {
        unreadable.add(id);
        this.#misfortune.unreadable();
      });
      const result = await work(
        this.#inside(read, ids, (diffs, given) => {
          context = given;
          this.#check(diffs, given, since, { written, unreadable });
        }),
      );
      this.#pace.sure(true);
      if (undone) throw undo;
      heard = ledger.unheard.ending(written.map(({ learnerId }) => learnerId));
      return result;
    });
    let result: T | undefined;
    try {
      result = await run;
    } catch (error) {
      written = [];
      if (error !== undo) throw error;
    } finally {
      for (const diff of written) ledger.write(diff);
      heard();
      this.changed ||= written.length > 0;
      if (context && written.length > 0) this.observed.wrote.add(context.operation.id);
      await this.#checkStored(ids, written, since);
      this.#pace.sure(false);
    }
    if (!undone) {
      this.#misfortune.throwIfDue('after', 'transaction');
      this.observed.couldNotRead(unreadable);
    }
    return result as T;
  }

  #inside(
    inside: Repositories,
    ids: readonly string[],
    wrote: (diffs: readonly LearnerDiff[], context: WriteContext) => void,
  ): Repositories {
    const around: Around = async (method, call, args, within) => {
      if (method !== 'enrolments.write') return this.#around(method, call, args, within);
      const diffs = args[0] as readonly LearnerDiff[];
      wrote(diffs, args[1] as WriteContext);
      try {
        this.#misfortune.write('before', diffs);
        const result = await this.#around(method, call, args, within);
        this.#misfortune.write('after', diffs);
        return result;
      } catch (error) {
        if (!this.#misfortune.struck && ids.length === 1) this.observed.failsAlone(ids[0]!, error);
        throw error;
      }
    };
    return surround(inside, around, true);
  }

  /** Checks diffs before they are written: they obey the laws, and none is for a learner that the transaction could not read. */
  #check(
    diffs: readonly LearnerDiff[],
    context: WriteContext,
    since: number,
    { written, unreadable }: { readonly written: LearnerDiff[]; readonly unreadable: ReadonlySet<string> },
  ): void {
    try {
      checkContext(this.#common.ledger, this, diffs, context);
      for (const diff of diffs) {
        const id = JSON.stringify(diff.learnerId);
        holds(!unreadable.has(diff.learnerId), `A diff is written for ${id}, although this learner could not be read.`);
        checkDiff(this.#common.ledger, diff, since);
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
      for (const id of ids) await checkStored(this.#common.ledger, this.#world, id, { since, started: startedBy(id) });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Records a broken law, and ends the operation. */
  #fail(error: unknown): never {
    this.#common.broken(error);
    throw error;
  }

  /** Enters or leaves the learners' queues; returns whether another transaction was in one of them. */
  #lock(ids: readonly string[], change: 1 | -1): boolean {
    const { locking } = this.#common;
    const overlaps = ids.some((id) => (locking.get(id) ?? 0) > 0);
    for (const id of new Set(ids)) locking.set(id, (locking.get(id) ?? 0) + change);
    return overlaps;
  }
}
