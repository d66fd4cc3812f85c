import { getOrCreate } from '../collections/get-or-create.js';
import { compareIds } from '../collections/order.js';
import type { LearnerId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import { HoldingIds } from './holding-ids.js';

/** The assignments that one learner gained and lost. */
export interface AssignmentChange {
  readonly assigned: readonly Assignment[];
  /** The links of the released assignments. */
  readonly released: ReadonlySet<LinkId>;
}

/** Indexes the learners who hold an assignment, by link and by any, so that a query costs as much as its result, not as the population. */
export class Holders {
  readonly #byAny = new HoldingIds();
  readonly #byLink = new Map<LinkId, HoldingIds>();

  /** Records what a learner gained and lost, in any order, and what they held before and hold now. */
  record(
    learnerId: LearnerId,
    { assigned, released }: AssignmentChange,
    before: readonly Assignment[],
    held: readonly Assignment[],
  ): void {
    // A link that moved to another course may hold the learner on both for a while. If nothing was released, all that was assigned is held.
    const holding = released.size > 0 ? new Set(held.map(({ linkId }) => linkId)) : undefined;
    for (const { linkId } of assigned)
      if (holding?.has(linkId) ?? true) getOrCreate(this.#byLink, linkId, () => new HoldingIds()).add(learnerId);
    for (const linkId of released) if (!holding!.has(linkId)) this.#byLink.get(linkId)?.delete(learnerId);
    if (held.length === 0) this.#byAny.delete(learnerId);
    else if (before.length === 0) this.#byAny.add(learnerId);
  }

  /** Returns a page, as documented for {@link EnrolmentRepository.holders}. */
  page({ links, after, upTo, limit }: HoldersQuery): LearnerId[] {
    if (!links) return this.#byAny.sorted().between(after, upTo)(limit);
    let found = new Set<LearnerId>();
    let bound = upTo;
    for (const link of links) {
      const ids = this.#byLink.get(link)?.sorted();
      if (ids?.empty) this.#byLink.delete(link);
      if (ids) for (const id of ids.between(after, bound)(limit)) found.add(id);
      if (found.size <= 2 * limit) continue;
      // No learner after the page found so far can still become part of it.
      const page = firstSorted(found, limit);
      bound = page.at(-1);
      found = new Set(page);
    }
    return firstSorted(found, limit);
  }
}

function firstSorted(ids: Iterable<LearnerId>, limit: number): LearnerId[] {
  return [...ids].sort(compareIds).slice(0, limit);
}
