import type { Catalog } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import type { CatalogStep } from './catalog-steps.js';
import type { Held } from './held.js';
import type { Moved } from './holders.js';
import type { SharedPairs } from './shared-pairs.js';

/** What a transaction can write: the store itself, or another transaction's stage over it. All of it is synchronous. */
export interface Layer {
  readonly pairs: SharedPairs;
  /** The same object until it changes. */
  catalog(): Catalog;
  changeCatalog(step: CatalogStep): void;
  /** Undefined: there is no row. */
  held(learnerId: LearnerId): Held | undefined;
  /** Replaces what a learner holds; `moved`: the assignments that thereby came or went. */
  hold(held: Held, moved?: Moved): void;
  /** A page of holders, as {@link EnrolmentRepository.holders} promises it. */
  holders(query: HoldersQuery): LearnerId[];
}
