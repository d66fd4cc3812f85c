import { entry } from '../model/entry.js';
import type { LearnerId, LinkId } from '../model/ids.js';
import type { Assignment } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import type { HoldersQuery } from '../repositories/repositories.js';
import { SortedIds } from './sorted-ids.js';
import { take } from './take.js';

/** Who holds an assignment, by link and by any, so that asking costs the answer and not the population. */
export class Holders {
  readonly #byAny = new SortedIds();
  readonly #byLink = new Map<LinkId, SortedIds>();

  /** Takes notice that a learner's assignments were replaced. */
  replace(learnerId: LearnerId, before: readonly Assignment[], after: readonly Assignment[]): void {
    // What both lists begin and end with stays; the lists are sorted, and equal assignments are one object.
    let start = 0;
    while (start < after.length && before[start] === after[start]) start++;
    let same = 0;
    const shorter = Math.min(before.length, after.length) - start;
    while (same < shorter && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
    const gone = new Set(before.slice(start, before.length - same).map(({ linkId }) => linkId));
    const came = after.slice(start, after.length - same);
    for (const { linkId } of came) if (!gone.has(linkId)) this.#add(linkId, learnerId);
    // A link may hold the learner on two courses, for a while, where it was moved.
    if (gone.size > 0) for (const { linkId } of after) gone.delete(linkId);
    for (const linkId of gone) this.#delete(linkId, learnerId);
    if (after.length === 0) this.#byAny.delete(learnerId);
    else if (before.length === 0) this.#byAny.add(learnerId);
  }

  /** Answers a page as {@link EnrolmentRepository.holders} promises it. */
  page({ links, after, upTo, limit }: HoldersQuery): LearnerId[] {
    if (!links) return take(this.#byAny.between(after, upTo), limit);
    let found = new Set<LearnerId>();
    let bound = upTo;
    for (const link of links) {
      const ids = this.#byLink.get(link);
      if (ids) for (const id of take(ids.between(after, bound), limit)) found.add(id);
      if (found.size <= 2 * limit) continue;
      // Nobody beyond the page as found so far can still get into it.
      const page = inOrder(found, limit);
      bound = page.at(-1);
      found = new Set(page);
    }
    return inOrder(found, limit);
  }

  #add(linkId: LinkId, learnerId: LearnerId): void {
    entry(this.#byLink, linkId, () => new SortedIds()).add(learnerId);
  }

  #delete(linkId: LinkId, learnerId: LearnerId): void {
    const ids = this.#byLink.get(linkId);
    ids?.delete(learnerId);
    if (ids?.empty) this.#byLink.delete(linkId);
  }
}

function inOrder(ids: Iterable<LearnerId>, limit: number): LearnerId[] {
  return [...ids].sort(compareIds).slice(0, limit);
}
