import type { LearnerId } from '../model/ids.js';
import type { Field, Learner } from '../model/learner.js';
import type { LearnerQuery, Matching } from '../repositories/repositories.js';
import { frozenCopy } from './frozen-copy.js';
import { type Filter, mayMatch } from './may-match.js';
import { Sorted } from './sorted.js';

/** Learners looked at together, at most, in search of a page. */
const LARGEST_BATCH = 4_096;

/** The host's people: frozen copies, in order of code point. */
export class Learners {
  readonly #byId = new Map<LearnerId, Learner>();
  readonly #inOrder = new Sorted<Learner>(({ id }) => id);
  #last:
    | { readonly matching: Matching; readonly fields: readonly Field[] | undefined; readonly filter: Filter }
    | undefined;

  save(learners: readonly Learner[]): void {
    for (const learner of frozenCopy(learners)) {
      this.#inOrder.add(learner);
      this.#byId.set(learner.id, learner);
    }
  }

  delete(ids: readonly LearnerId[]): void {
    for (const id of ids) if (this.#byId.delete(id)) this.#inOrder.delete(id);
  }

  /** Those that exist, each once. */
  get(ids: readonly LearnerId[]): Learner[] {
    const found: Learner[] = [];
    for (const id of new Set(ids)) {
      const learner = this.#byId.get(id);
      if (learner) found.push(learner);
    }
    return found;
  }

  /** A page as {@link LearnerRepository.page} promises it; the fields are those that the host declares. */
  page({ after, upTo, limit, matching }: LearnerQuery, fields: readonly Field[] | undefined): Learner[] {
    const following = this.#inOrder.between(after, upTo);
    if (!matching) return following(limit);
    const filter = this.#filter(matching, fields);
    const page: Learner[] = [];
    // So many more as should fill the page, if as large a part of them matches as before.
    for (let looked = 0, size = limit; page.length < limit; ) {
      const batch = following(Math.min(size, LARGEST_BATCH));
      if (batch.length === 0) break;
      for (const learner of filter(batch)) page.push(learner);
      looked += batch.length;
      size = Math.ceil(((limit - page.length) * looked) / Math.max(1, page.length));
    }
    return page.slice(0, limit);
  }

  /** The filter of a walk: the same for all its pages. */
  #filter(matching: Matching, fields: readonly Field[] | undefined): Filter {
    if (this.#last?.matching !== matching || this.#last.fields !== fields) {
      this.#last = { matching, fields, filter: mayMatch(matching, fields) };
    }
    return this.#last.filter;
  }
}
