import type { LearnerId } from '../model/ids.js';
import type { Field, Learner } from '../model/learner.js';
import type { LearnerQuery, Matching } from '../repositories/repositories.js';
import { frozenCopy } from './frozen-copy.js';
import { type Filter, mayMatch } from './may-match.js';
import { Sorted } from './sorted.js';

/** The most learners that are filtered together to fill a page. */
const LARGEST_BATCH = 4_096;

/** The learners of the host: frozen copies, in order of code points. */
export class Learners {
  readonly #byId = new Map<LearnerId, Learner>();
  readonly #sorted = new Sorted<Learner>(({ id }) => id);
  #last:
    | { readonly matching: Matching; readonly fields: readonly Field[] | undefined; readonly filter: Filter }
    | undefined;

  save(learners: readonly Learner[]): void {
    for (const learner of frozenCopy(learners)) {
      this.#sorted.add(learner);
      this.#byId.set(learner.id, learner);
    }
  }

  delete(ids: readonly LearnerId[]): void {
    for (const id of ids) if (this.#byId.delete(id)) this.#sorted.delete(id);
  }

  /** Returns the learners that exist, each once. */
  get(ids: readonly LearnerId[]): Learner[] {
    const found: Learner[] = [];
    for (const id of new Set(ids)) {
      const learner = this.#byId.get(id);
      if (learner) found.push(learner);
    }
    return found;
  }

  /** Returns a page, as documented for {@link LearnerRepository.page}; `fields` are those that the host declares. */
  page({ after, upTo, limit, matching }: LearnerQuery, fields: readonly Field[] | undefined): Learner[] {
    const following = this.#sorted.between(after, upTo);
    if (!matching) return following(limit);
    const filter = this.#filter(matching, fields);
    const page: Learner[] = [];
    // The next batch should fill the page if the same fraction of it matches as before.
    for (let evaluated = 0, size = limit; page.length < limit; ) {
      const batch = following(Math.min(size, LARGEST_BATCH));
      if (batch.length === 0) break;
      for (const learner of filter(batch)) page.push(learner);
      evaluated += batch.length;
      size = Math.ceil(((limit - page.length) * evaluated) / Math.max(1, page.length));
    }
    return page.slice(0, limit);
  }

  /** Returns the filter of a walk; it is cached for all pages of the walk. */
  #filter(matching: Matching, fields: readonly Field[] | undefined): Filter {
    if (this.#last?.matching !== matching || this.#last.fields !== fields) {
      this.#last = { matching, fields, filter: mayMatch(matching, fields) };
    }
    return this.#last.filter;
  }
}
