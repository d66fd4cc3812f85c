import type { Catalog } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import { type CatalogStep, emptyCatalog } from './catalog-steps.js';
import { type AssignmentChange, Holders } from './holders.js';
import type { Layer } from './layer.js';
import { SharedPairs } from './shared-pairs.js';
import { isEmpty, type StoredHoldings } from './stored-holdings.js';

/** All committed data except the learners, which belong to the host. */
export class Store implements Layer {
  readonly pairs = new SharedPairs();
  readonly #holdings = new Map<LearnerId, StoredHoldings>();
  readonly #holders = new Holders();
  #catalog = emptyCatalog();

  catalog(): Catalog {
    return this.#catalog;
  }

  changeCatalog(step: CatalogStep): void {
    this.#catalog = step(this.#catalog);
  }

  holdingsOf(learnerId: LearnerId): StoredHoldings | undefined {
    return this.#holdings.get(learnerId);
  }

  setHoldings(stored: StoredHoldings, change?: AssignmentChange): void {
    const { learnerId, assignments } = stored.holdings;
    if (change)
      this.#holders.record(learnerId, change, this.holdingsOf(learnerId)?.holdings.assignments ?? [], assignments);
    if (isEmpty(stored)) this.#holdings.delete(learnerId);
    else this.#holdings.set(learnerId, stored);
  }

  holders(query: HoldersQuery): LearnerId[] {
    return this.#holders.page(query);
  }
}
