import type { LearnerId } from '../model/ids.js';
import type { CatalogLock } from './catalog-lock.js';
import type { Layer } from './layer.js';
import { Locks } from './locks.js';
import { Stage } from './stage.js';

/** The target of calls: the store itself, or one transaction. */
export class Scope {
  readonly layer: Layer;
  readonly catalogLock: CatalogLock;
  readonly #outer: Scope | undefined;
  readonly #ids: ReadonlySet<LearnerId> | undefined;
  readonly #locks = new Locks();
  #ended = false;

  constructor(layer: Layer, catalogLock: CatalogLock, inside?: { outer: Scope; ids: ReadonlySet<LearnerId> }) {
    this.layer = layer;
    this.catalogLock = catalogLock;
    this.#outer = inside?.outer;
    this.#ids = inside?.ids;
  }

  /** The outermost transaction, which holds the catalog lock for all inside it; undefined for the store itself. */
  get holder(): Scope | undefined {
    return this.#outer && (this.#outer.holder ?? this);
  }

  /** Throws if the transaction, or one around it, has ended. */
  check(): void {
    if (this.#ended) throw new Error('This transaction has ended: nothing can be read or written inside it any more.');
    this.#outer?.check();
  }

  /**
   * Runs `work` as a transaction, or as a savepoint of this one: with exclusive locks on these learners, and atomically.
   */
  transaction<T>(learnerIds: Iterable<LearnerId>, work: (inside: Scope) => T | Promise<T>): Promise<T> {
    const ids = new Set(learnerIds);
    return this.#locks.hold(ids, async () => {
      this.check();
      this.#checkLocked(ids);
      const stage = new Stage(this.layer);
      const inside = new Scope(stage, this.catalogLock, { outer: this, ids });
      try {
        const result = await work(inside);
        this.check();
        stage.commit();
        return result;
      } finally {
        inside.#ended = true;
        this.catalogLock.release(inside);
      }
    });
  }

  /** Writes atomically: immediately if no transaction inside holds a lock, otherwise once these learners are free. */
  async write(learnerIds: readonly LearnerId[], work: (layer: Layer) => void): Promise<void> {
    if (this.#locks.size > 0) return this.transaction(learnerIds, ({ layer }) => work(layer));
    this.check();
    this.#checkLocked(learnerIds);
    work(this.layer);
  }

  #checkLocked(ids: Iterable<LearnerId>): void {
    if (!this.#ids) return;
    for (const id of ids) {
      if (this.#ids.has(id)) continue;
      throw new Error(
        `This transaction does not lock learner ${JSON.stringify(id)}: pass the ids of all its learners to transaction().`,
      );
    }
  }
}
