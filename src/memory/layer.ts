import type { Catalog } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import type { CatalogStep } from './catalog-steps.js';
import type { AssignmentChange } from './holders.js';
import type { SharedPairs } from './shared-pairs.js';
import type { StoredHoldings } from './stored-holdings.js';

/** What a transaction writes to: the store itself, or the stage of another transaction. All methods are synchronous. */
export interface Layer {
  readonly pairs: SharedPairs;
  /** Returns the same object until the catalog changes. */
  catalog(): Catalog;
  changeCatalog(step: CatalogStep): void;
  /** Returns what a learner holds; undefined if there is no row. */
  holdingsOf(learnerId: LearnerId): StoredHoldings | undefined;
  /** Replaces what a learner holds; `change` are the assignments gained and lost by this. */
  setHoldings(stored: StoredHoldings, change?: AssignmentChange): void;
  /** Returns a page of holders, as documented for {@link EnrolmentRepository.holders}. */
  holders(query: HoldersQuery): LearnerId[];
}
