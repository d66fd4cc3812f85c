import type { Catalog } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import { type CatalogStep, emptyCatalog } from './catalog-steps.js';
import { type Held, isNothing } from './held.js';
import { Holders, type Moved } from './holders.js';
import type { Layer } from './layer.js';
import { SharedPairs } from './shared-pairs.js';

/** All committed data except the learners, which belong to the host. */
export class Store implements Layer {
  readonly pairs = new SharedPairs();
  readonly #held = new Map<LearnerId, Held>();
  readonly #holders = new Holders();
  #catalog = emptyCatalog();

  catalog(): Catalog {
    return this.#catalog;
  }

  changeCatalog(step: CatalogStep): void {
    this.#catalog = step(this.#catalog);
  }

  held(learnerId: LearnerId): Held | undefined {
    return this.#held.get(learnerId);
  }

  hold(held: Held, moved?: Moved): void {
    const { learnerId, assignments } = held.holdings;
    if (moved) this.#holders.move(learnerId, moved, this.held(learnerId)?.holdings.assignments ?? [], assignments);
    if (isNothing(held)) this.#held.delete(learnerId);
    else this.#held.set(learnerId, held);
  }

  holders(query: HoldersQuery): LearnerId[] {
    return this.#holders.page(query);
  }
}
