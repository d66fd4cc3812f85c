import { compareIds } from '../collections/order.js';
import type { Catalog } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import type { CatalogStep } from './catalog-steps.js';
import type { Held } from './held.js';
import type { Moved } from './holders.js';
import type { Layer } from './layer.js';
import type { SharedPairs } from './shared-pairs.js';

/** The writes of one transaction, over the layer below. Reads through the stage see them immediately; the layer below gets them on `commit`. */
export class Stage implements Layer {
  readonly pairs: SharedPairs;
  readonly #below: Layer;
  readonly #held = new Map<LearnerId, Held>();
  readonly #moved = new Map<LearnerId, Moved>();
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

  held(learnerId: LearnerId): Held | undefined {
    return this.#held.get(learnerId) ?? this.#below.held(learnerId);
  }

  hold(held: Held, moved?: Moved): void {
    const { learnerId } = held.holdings;
    this.#held.set(learnerId, held);
    if (!moved) return;
    const earlier = this.#moved.get(learnerId);
    this.#moved.set(learnerId, earlier ? both(earlier, moved) : moved);
  }

  holders(query: HoldersQuery): LearnerId[] {
    // Ask for as many more as are staged: the page is full even if all staged learners are dropped from it.
    const below = this.#below.holders({ ...query, limit: query.limit + this.#held.size });
    if (this.#held.size === 0) return below;
    const page = below.filter((id) => !this.#held.has(id));
    const wanted = byOneOf(query.links);
    for (const { holdings } of this.#held.values()) {
      const { learnerId, assignments } = holdings;
      if (inRange(learnerId, query) && assignments.some(wanted)) page.push(learnerId);
    }
    return page.sort(compareIds).slice(0, query.limit);
  }

  /** Writes everything to the layer below. */
  commit(): void {
    for (const [learnerId, held] of this.#held) this.#below.hold(held, this.#moved.get(learnerId));
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

function inRange(id: LearnerId, { after, upTo }: HoldersQuery): boolean {
  return (after === undefined || compareIds(id, after) > 0) && (upTo === undefined || compareIds(id, upTo) <= 0);
}

function byOneOf(links: HoldersQuery['links']): (assignment: { readonly linkId: string }) => boolean {
  if (!links) return () => true;
  const wanted = new Set<string>(links);
  return ({ linkId }) => wanted.has(linkId);
}

function both(earlier: Moved, later: Moved): Moved {
  return {
    assigned: [...earlier.assigned, ...later.assigned],
    released: new Set([...earlier.released, ...later.released]),
  };
}
