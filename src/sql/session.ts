import type { LearnerId } from '../model/ids.js';
import type { CatalogCache } from './catalog-cache.js';
import type { SqlDriver } from './driver.js';
import type { Held } from './held.js';
import type { SqlHost } from './host.js';
import type { IdKind } from './id-kind.js';
import { Pairs } from './pairs.js';
import type { Tables } from './tables.js';

/** What all transactions of one store share. */
export interface Setting {
  readonly tables: Tables;
  readonly tenant: string;
  readonly host: SqlHost;
  /** What the ids of the host's learners are. */
  readonly kind: IdKind;
  readonly prefix: string | undefined;
  readonly catalog: CatalogCache;
  /** Whether the tables were found to be of the right version. */
  isChecked: boolean;
  /** How long to wait for a lock and for a statement, in milliseconds. */
  readonly lockTimeout: number;
  readonly statementTimeout: number;
  /** How many learners may be locked in a transaction of the host's. */
  readonly mostLocked: number;
}

/** Where calls land: on the host's database, or inside one transaction. */
export class Session {
  readonly pairs: Pairs;
  /** Whether this transaction, or one around it, holds the catalog still. */
  #still = false;
  /** What the learners hold who are locked here: as when they were locked, and as written since. */
  readonly #held = new Map<LearnerId, Held>();
  /** Ids that the host's tables were found to have no learner for, in this transaction. */
  readonly #absent = new Set<LearnerId>();
  #ended = false;
  #wrote = false;
  #spoilt: { readonly by: unknown } | undefined;
  /** The learners who were locked in a transaction of the host's, which may keep all locks until it ends. */
  readonly #locked = new Set<LearnerId>();

  constructor(
    readonly setting: Setting,
    readonly db: SqlDriver,
    readonly outer?: Session,
  ) {
    this.pairs = new Pairs(outer?.pairs);
  }

  get still(): boolean {
    return this.#still || (this.outer?.still ?? false);
  }

  holdStill(): void {
    // Of a transaction of the host's, which may be undone in part, nothing is remembered.
    if (this.outer) this.#still = true;
  }

  /** Whether anything was written in this transaction, or within it. */
  get wrote(): boolean {
    return this.#wrote;
  }

  /** Takes note that something is about to be written. */
  writes(): void {
    this.#wrote = true;
    this.outer?.writes();
  }

  /** Whether all of these learners are locked in a transaction of the library's: then what is written about them needs none of its own. */
  locks(ids: readonly LearnerId[]): boolean {
    return this.outer !== undefined && ids.every((id) => this.held(id) !== undefined);
  }

  /** Takes note that something was written in part, so that the transaction cannot end well any more. */
  spoil(by: unknown): void {
    this.#spoilt ??= { by };
  }

  /** Throws what was not written whole, whatever the work made of it. */
  checkWhole(): void {
    if (this.#spoilt) throw this.#spoilt.by;
  }

  /** What a learner holds who is locked; undefined for all others. */
  held(id: LearnerId): Held | undefined {
    return this.#held.get(id) ?? this.outer?.held(id);
  }

  hold(id: LearnerId, held: Held): void {
    this.#held.set(id, held);
  }

  /** Records which of these ids belong to a learner of the host's. */
  found(asked: readonly LearnerId[], learners: readonly { readonly id: LearnerId }[]): void {
    if (!this.outer) return;
    for (const id of asked) this.#absent.add(id);
    for (const { id } of learners) this.#absent.delete(id);
  }

  /** The learners locked here who do not exist and hold nothing. */
  get unknown(): LearnerId[] {
    return [...this.#absent].filter((id) => this.held(id) === '');
  }

  /** Records learners who are about to be locked, each once; throws where a transaction of the host's would keep too many. */
  lock(ids: readonly LearnerId[]): void {
    if (this.outer) {
      this.outer.lock(ids);
      return;
    }
    if (!this.db.inTransaction) return;
    for (const id of ids) this.#locked.add(id);
    const { mostLocked } = this.setting;
    if (this.#locked.size <= mostLocked) return;
    throw new Error(
      `This transaction of the host's would keep more than ${mostLocked} learners locked until it ends. Undo it, and do this outside of it, batch by batch; or commit the edit on its own and run settle() outside.`,
    );
  }

  /** Throws once the transaction has ended. */
  check(): void {
    if (this.#ended) throw new Error('This transaction has ended: nothing can be read or written inside it any more.');
    this.outer?.check();
  }

  /** Ends it; if it ended well, what it came to know is known around it. */
  end(well: boolean): void {
    this.#ended = true;
    const { outer } = this;
    if (!well || !outer) return;
    // A transaction of the host's may be undone in part without a word to anybody here: nothing is kept of it.
    if (outer.outer || !outer.db.inTransaction) this.pairs.commit();
    if (!outer.outer) return;
    for (const [id, held] of this.#held) outer.hold(id, held);
    outer.found([...this.#absent], []);
  }
}
