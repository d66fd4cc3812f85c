import { compareIds } from '../collections/order.js';
import type { Catalog } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import type { CatalogStep } from './catalog-steps.js';
import type { AssignmentChange } from './holders.js';
import type { Layer } from './layer.js';
import type { SharedPairs } from './shared-pairs.js';
import type { StoredHoldings } from './stored-holdings.js';

/** The writes of one transaction, over the layer below. Reads through the stage see them immediately; the layer below gets them on `commit`. */
export class Stage implements Layer {
  readonly pairs: SharedPairs;
  readonly #below: Layer;
  readonly #holdings = new Map<LearnerId, StoredHoldings>();
  readonly #changes = new Map<LearnerId, AssignmentChange>();
  #step: CatalogStep | undefined;

  constructor(below: Layer) {
    this.#below = below;
    this.pairs = below.pairs;
  }

  catalog(): Catalog {
    const below = this.#below.catalog();
    return this.#step ? this.#step(below) : below;
  }

  changeCatalog(step: CatalogStep): void {
    const earlier = this.#step;
    this.#step = memoized(earlier ? (catalog) => step(earlier(catalog)) : step);
  }

  holdingsOf(learnerId: LearnerId): StoredHoldings | undefined {
    return this.#holdings.get(learnerId) ?? this.#below.holdingsOf(learnerId);
  }

  setHoldings(stored: StoredHoldings, change?: AssignmentChange): void {
    const { learnerId } = stored.holdings;
    this.#holdings.set(learnerId, stored);
    if (!change) return;
    const earlier = this.#changes.get(learnerId);
    this.#changes.set(learnerId, earlier ? both(earlier, change) : change);
  }

  holders(query: HoldersQuery): LearnerId[] {
    // Ask for as many more as are staged: the page is full even if all staged learners are dropped from it.
    const below = this.#below.holders({ ...query, limit: query.limit + this.#holdings.size });
    if (this.#holdings.size === 0) return below;
    const page = below.filter((id) => !this.#holdings.has(id));
    const wanted = byOneOf(query.links);
    for (const { holdings } of this.#holdings.values()) {
      const { learnerId, assignments } = holdings;
      if (isInRange(learnerId, query) && assignments.some(wanted)) page.push(learnerId);
    }
    return page.sort(compareIds).slice(0, query.limit);
  }

  /** Writes everything to the layer below. */
  commit(): void {
    for (const [learnerId, stored] of this.#holdings) this.#below.setHoldings(stored, this.#changes.get(learnerId));
    if (this.#step) this.#below.changeCatalog(this.#step);
  }
}

/** Memoizes a step: it returns the same object for the same catalog, so that the catalog loaded inside is the one committed. */
function memoized(step: CatalogStep): CatalogStep {
  let last: { readonly from: Catalog; readonly to: Catalog } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, to: step(from) };
    return last.to;
  };
}

function isInRange(id: LearnerId, { after, upTo }: HoldersQuery): boolean {
  return (after === undefined || compareIds(id, after) > 0) && (upTo === undefined || compareIds(id, upTo) <= 0);
}

function byOneOf(links: HoldersQuery['links']): (assignment: { readonly linkId: string }) => boolean {
  if (!links) return () => true;
  const wanted = new Set<string>(links);
  return ({ linkId }) => wanted.has(linkId);
}

function both(earlier: AssignmentChange, later: AssignmentChange): AssignmentChange {
  return {
    assigned: [...earlier.assigned, ...later.assigned],
    released: new Set([...earlier.released, ...later.released]),
  };
}
