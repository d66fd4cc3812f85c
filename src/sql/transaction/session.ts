import type { LearnerId } from '../../model/ids.js';
import type { SqlHost } from '../host/host.js';
import type { SqlDriver } from '../statement/driver.js';
import type { IdKind } from '../statement/id-kind.js';
import type { Tables } from '../statement/tables.js';
import type { CatalogCache } from './catalog-cache.js';
import type { HeldPairs } from './held-pairs.js';
import { Pairs } from './pairs.js';

/** The state that all transactions of one store share. */
export interface StoreState {
  readonly tables: Tables;
  readonly tenant: string;
  readonly host: SqlHost;
  /** The kind of the host's learner ids. */
  readonly kind: IdKind;
  readonly prefix: string | undefined;
  readonly catalogCache: CatalogCache;
  /** The numbers that are known to be committed. */
  readonly pairs: Pairs;
  /** Whether the tables were found to be of the right version. */
  isChecked: boolean;
  /** How long to wait for a lock and for a statement, in milliseconds. */
  readonly lockTimeout: number;
  readonly statementTimeout: number;
  /** The most learners that may be locked in a host transaction. */
  readonly mostLocked: number;
  /** Whether the table of assignments is written with each learner's row. */
  readonly keepsAssignments: boolean;
}

/** How the catalog is locked until a transaction ends: shared by those who evaluate learners, or exclusively. */
export type CatalogLock = 'shared' | 'exclusive';

/** What the operations in one transaction of the host's share. */
interface SharedByOperations {
  readonly edits?: boolean | undefined;
  readonly locked?: Set<LearnerId>;
}

/** Where calls run: on the host's database during one operation, or inside one transaction. */
export class Session {
  readonly pairs: Pairs;
  /** How this transaction has locked the catalog. */
  #catalogLock: CatalogLock | undefined;
  /** What each learner who is locked here holds: as read under the lock, or as written since. */
  readonly #held = new Map<LearnerId, HeldPairs>();
  /** Ids without a learner in the host's tables, as read in this transaction. */
  readonly #absent = new Set<LearnerId>();
  #hasEnded = false;
  #hasWritten = false;
  #hasReadSchema = false;
  #failure: { readonly error: unknown } | undefined;
  /** Whether all locks of the catalog are exclusive, since the host's transaction will edit it. */
  readonly edits: boolean;
  /** The learners who were locked in a host transaction, which may keep all its locks until it ends. */
  readonly #locked: Set<LearnerId>;

  constructor(
    readonly store: StoreState,
    readonly db: SqlDriver,
    readonly outer?: Session,
    { edits = outer?.edits ?? false, locked = new Set() }: SharedByOperations = {},
  ) {
    this.edits = edits;
    this.#locked = locked;
    const isDatabase = !outer && !db.inTransaction;
    // In a host transaction, numbers that are read may not be committed, and the host may roll them back before the next operation.
    this.pairs = isDatabase ? store.pairs : new Pairs(outer?.pairs ?? store.pairs);
  }

  /** Returns whether this transaction, or an outer one, has locked the catalog in this way or exclusively. */
  hasLockedCatalog(lock: CatalogLock): boolean {
    const own = this.#catalogLock;
    return own === 'exclusive' || (own !== undefined && own === lock) || (this.outer?.hasLockedCatalog(lock) ?? false);
  }

  /** Returns how to lock the catalog if it is needed in this way. */
  catalogLockFor(lock: CatalogLock): CatalogLock {
    return this.edits ? 'exclusive' : lock;
  }

  /** Records how the catalog was locked. */
  recordCatalogLock(lock: CatalogLock): void {
    // Nothing is recorded for a host transaction, which may roll back in part.
    if (this.outer && !this.hasLockedCatalog(lock)) this.#catalogLock = lock;
  }

  /** Whether anything was written in this transaction or in a nested one. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** Records that something is about to be written. */
  recordWrite(): void {
    this.#hasWritten = true;
    this.outer?.recordWrite();
  }

  /** Whether all of these learners are locked in a transaction of the library's: writes about them then need no transaction of their own. */
  hasLocked(ids: readonly LearnerId[]): boolean {
    return this.outer !== undefined && ids.every((id) => this.held(id) !== undefined);
  }

  /** Whether this transaction, or an outer one, has read the schema's row. No process changes it before the transaction has ended. */
  get hasReadSchema(): boolean {
    return this.#hasReadSchema || (this.outer?.hasReadSchema ?? false);
  }

  /** Records that the schema's row was read. */
  recordSchemaRead(): void {
    if (this.outer) this.#hasReadSchema = true;
  }

  /** Records that a write failed in part, so that the transaction must not commit. */
  failTransaction(error: unknown): void {
    this.#failure ??= { error };
  }

  /** Throws the error of a write that failed in part, even if the work caught it. */
  throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** What a locked learner holds; undefined for learners who are not locked. */
  held(id: LearnerId): HeldPairs | undefined {
    return this.#held.get(id) ?? this.outer?.held(id);
  }

  setHeld(id: LearnerId, held: HeldPairs): void {
    this.#held.set(id, held);
  }

  /** Records a lookup of these ids in the host's tables, and the learners that it found. */
  recordLookup(ids: readonly LearnerId[], learners: readonly { readonly id: LearnerId }[]): void {
    if (!this.outer) return;
    for (const id of ids) this.#absent.add(id);
    for (const { id } of learners) this.#absent.delete(id);
  }

  /** The learners locked here who do not exist and hold nothing. */
  get lockedWithoutLearner(): LearnerId[] {
    return [...this.#absent].filter((id) => this.held(id) === '');
  }

  /** Records learners who are about to be locked, each once; throws if a host transaction would keep too many locked. */
  recordLocks(ids: readonly LearnerId[]): void {
    if (this.outer) {
      this.outer.recordLocks(ids);
      return;
    }
    if (!this.db.inTransaction) return;
    for (const id of ids) this.#locked.add(id);
    const { mostLocked } = this.store;
    if (this.#locked.size <= mostLocked) return;
    throw new Error(
      `The host's transaction would keep more than ${mostLocked} learners locked until it ends. Roll it back, and run this operation outside a transaction, where it goes batch by batch; or increase mostLockedByHost.`,
    );
  }

  /** Throws once the transaction has ended. */
  throwIfEnded(): void {
    if (this.#hasEnded)
      throw new Error('This transaction has ended: nothing can be read or written inside it any more.');
    this.outer?.throwIfEnded();
  }

  /** Ends it; if it was committed, the outer session takes over what it has read. */
  end(isCommitted: boolean): void {
    this.#hasEnded = true;
    const { outer } = this;
    if (!isCommitted || !outer) return;
    // The host may roll back part of its transaction without informing this library, so nothing of it is kept.
    if (outer.outer || !outer.db.inTransaction) this.pairs.commit();
    if (!outer.outer) return;
    for (const [id, held] of this.#held) outer.setHeld(id, held);
    outer.recordLookup([...this.#absent], []);
  }
}
