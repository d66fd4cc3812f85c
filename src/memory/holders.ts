import { entry } from '../model/entry.js';
import type { LearnerId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import { HoldingIds } from './holding-ids.js';

/** Assignments that one learner was given, and relieved of. */
export interface Moved {
  readonly assigned: readonly Assignment[];
  /** The links of what is released. */
  readonly released: ReadonlySet<LinkId>;
}

/** Who holds an assignment, by link and by any, so that asking costs the answer and not the population. */
export class Holders {
  readonly #byAny = new HoldingIds();
  readonly #byLink = new Map<LinkId, HoldingIds>();

  /** Takes notice of what came to a learner and went, in whatever order, and of what they held before and hold now. */
  move(
    learnerId: LearnerId,
    { assigned, released }: Moved,
    before: readonly Assignment[],
    held: readonly Assignment[],
  ): void {
    // A link may hold the learner on two courses, for a while, where it was moved; who released nothing holds what was assigned.
    const holding = released.size > 0 ? new Set(held.map(({ linkId }) => linkId)) : undefined;
    for (const { linkId } of assigned)
      if (holding?.has(linkId) ?? true) entry(this.#byLink, linkId, () => new HoldingIds()).add(learnerId);
    for (const linkId of released) if (!holding!.has(linkId)) this.#byLink.get(linkId)?.delete(learnerId);
    if (held.length === 0) this.#byAny.delete(learnerId);
    else if (before.length === 0) this.#byAny.add(learnerId);
  }

  /** Answers a page as {@link EnrolmentRepository.holders} promises it. */
  page({ links, after, upTo, limit }: HoldersQuery): LearnerId[] {
    if (!links) return this.#byAny.inOrder().between(after, upTo)(limit);
    let found = new Set<LearnerId>();
    let bound = upTo;
    for (const link of links) {
      const ids = this.#byLink.get(link)?.inOrder();
      if (ids?.empty) this.#byLink.delete(link);
      if (ids) for (const id of ids.between(after, bound)(limit)) found.add(id);
      if (found.size <= 2 * limit) continue;
      // Nobody beyond the page as found so far can still get into it.
      const page = inOrder(found, limit);
      bound = page.at(-1);
      found = new Set(page);
    }
    return inOrder(found, limit);
  }
}

function inOrder(ids: Iterable<LearnerId>, limit: number): LearnerId[] {
  return [...ids].sort(compareIds).slice(0, limit);
}
