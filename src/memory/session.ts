import type { LearnerId } from '../model/ids.js';
import type { CatalogLock } from './catalog-lock.js';
import type { Layer } from './layer.js';
import { Locks } from './locks.js';
import { Stage } from './stage.js';

/** Where calls run: on the store itself, or inside one transaction. */
export class Session {
  readonly layer: Layer;
  readonly catalogLock: CatalogLock;
  readonly #outer: Session | undefined;
  readonly #ids: ReadonlySet<LearnerId> | undefined;
  readonly #locks = new Locks();
  #hasEnded = false;

  constructor(layer: Layer, catalogLock: CatalogLock, inside?: { outer: Session; ids: ReadonlySet<LearnerId> }) {
    this.layer = layer;
    this.catalogLock = catalogLock;
    this.#outer = inside?.outer;
    this.#ids = inside?.ids;
  }

  /** The outermost transaction, which holds the catalog lock for all inside it; undefined for the store itself. */
  get holder(): Session | undefined {
    return this.#outer && (this.#outer.holder ?? this);
  }

  /** Throws if the transaction, or one around it, has ended. */
  throwIfEnded(): void {
    if (this.#hasEnded)
      throw new Error('This transaction has ended: nothing can be read or written inside it any more.');
    this.#outer?.throwIfEnded();
  }

  /**
   * Runs `work` atomically, as a transaction or as a savepoint of this one, and locks these learners exclusively.
   */
  transaction<T>(learnerIds: Iterable<LearnerId>, work: (inside: Session) => T | Promise<T>): Promise<T> {
    const ids = new Set(learnerIds);
    return this.#locks.hold(ids, async () => {
      this.throwIfEnded();
      this.#throwUnlessLocked(ids);
      const stage = new Stage(this.layer);
      const inside = new Session(stage, this.catalogLock, { outer: this, ids });
      try {
        const result = await work(inside);
        this.throwIfEnded();
        stage.commit();
        return result;
      } finally {
        inside.#hasEnded = true;
        this.catalogLock.release(inside);
      }
    });
  }

  /** Writes atomically: immediately if no transaction inside holds a lock, otherwise once these learners are free. */
  async write(learnerIds: readonly LearnerId[], work: (layer: Layer) => void): Promise<void> {
    if (this.#locks.size > 0) return this.transaction(learnerIds, ({ layer }) => work(layer));
    this.throwIfEnded();
    this.#throwUnlessLocked(learnerIds);
    work(this.layer);
  }

  #throwUnlessLocked(ids: Iterable<LearnerId>): void {
    if (!this.#ids) return;
    for (const id of ids) {
      if (this.#ids.has(id)) continue;
      throw new Error(
        `This transaction does not lock learner ${JSON.stringify(id)}: pass the ids of all its learners to transaction().`,
      );
    }
  }
}
