import type { Matcher } from '../../catalog/matcher.js';
import type { Unsettled, UnsettledRange } from '../../model/catalog.js';
import type { LearnerId, LinkId } from '../../model/ids.js';
import type { Learner, UnreadableLearner } from '../../model/learner.js';
import { audienceOf } from '../../reconcile/search/audience.js';
import { matchingOf } from '../../reconcile/search/hint.js';
import type { LearnerQuery, Repositories } from '../../repositories/repositories.js';
import { isConfinable } from './in-halves.js';

/** Learners who are evaluated together, found by a walk through the stores. */
export interface Batch {
  readonly ids: readonly LearnerId[];
  /** The same learners, if the walk has read them. */
  readonly learners?: readonly (Learner | UnreadableLearner)[];
  /** Every learner up to this id is in this batch or an earlier one of its range. */
  readonly after?: LearnerId;
  /** Of an edit's work, the range that the batch is part of. */
  readonly range?: UnsettledRange;
  /** Whether the range ends with this batch. */
  readonly isLast?: boolean;
}

/** All of an edit's work: the holders of its links, then their audience. */
export const ALL_RANGES: Unsettled['ranges'] = [{ pass: 'holders' }, { pass: 'audience' }];

/** Walks through the learners that an edit affects, range by range. */
export async function* affectedLearners(
  repositories: Repositories,
  matcher: Matcher,
  { links, ranges }: Pick<Unsettled, 'links' | 'ranges'>,
  limit: number,
  signal?: AbortSignal,
): AsyncGenerator<Batch> {
  const walks = {
    holders: () => holdersOf(repositories, links),
    audience: () => audienceIn(repositories, matcher, links, signal),
  };
  for (const range of ranges) {
    if (links.length > 0) {
      const pages = walks[range.pass]();
      const { upTo } = range;
      for (let { after } = range; ; ) {
        const page = await pages({ ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }), limit });
        if (!page) break;
        after = page.last;
        yield { ids: page.ids, after, range };
      }
    }
    yield { ids: [], range, isLast: true };
  }
}

/** A part of a range; undefined if none is left. */
type Page = { readonly ids: readonly LearnerId[]; readonly last: LearnerId } | undefined;
type Pages = (query: {
  readonly after?: LearnerId;
  readonly upTo?: LearnerId;
  readonly limit: number;
}) => Promise<Page>;

function holdersOf({ enrolments }: Repositories, links: readonly LinkId[]): Pages {
  return async (query) => {
    const ids = await enrolments.holders({ links, ...query });
    return ids.length > 0 ? { ids, last: ids.at(-1)! } : undefined;
  };
}

function audienceIn(
  { learners }: Repositories,
  matcher: Matcher,
  links: readonly LinkId[],
  signal?: AbortSignal,
): Pages {
  let hint = matchingOf(matcher, links);
  if (!hint) return async () => undefined;
  const within = audienceOf(matcher, links);
  const read = async (query: LearnerQuery): ReturnType<typeof learners.page> => {
    if (!hint) return learners.page(query);
    try {
      return await learners.page({ ...query, matching: hint });
    } catch (error) {
      if (!isConfinable(error, signal)) throw error;
      // A store that cannot narrow the walk must return every learner (semantics §6).
      hint = undefined;
      return learners.page(query);
    }
  };
  return async (query) => {
    const page = await read({ ...query, idsOnly: true });
    if (page.length === 0) return undefined;
    const withProfile = page.filter((learner): learner is Learner => !('unreadable' in learner) && !isBare(learner));
    const outside = new Set(withProfile.map(({ id }) => id));
    for (const id of within(withProfile)) outside.delete(id);
    const ids = new Set(page.flatMap(({ id }) => (outside.has(id) ? [] : id)));
    return { ids: [...ids], last: page.at(-1)!.id };
  };
}

/** Whether a learner has only an id, which means that the store has applied the hint. Nothing that could throw is read. */
function isBare(learner: Learner): boolean {
  const profile: unknown = Object.getOwnPropertyDescriptor(learner, 'profile')?.value;
  if (typeof profile !== 'object' || profile === null || 'segments' in learner) return false;
  return Object.keys(profile).length === 0;
}

/**
 * Walks through all learners in a range: existing learners and, window by window, deleted learners who still hold something. A caller that
 * reads the learners again under their locks needs only ids.
 */
export async function* allLearners(
  { learners, enrolments }: Repositories,
  range: { readonly after?: LearnerId; readonly upTo?: LearnerId },
  limit: number,
  yields: 'ids' | 'learners',
): AsyncGenerator<Batch> {
  let { after } = range;
  for (;;) {
    const page = await learners.page({ after, upTo: range.upTo, limit, ...(yields === 'ids' && { idsOnly: true }) });
    const ids = [...new Set(page.map(({ id }) => id))];
    const last = ids.at(-1);
    if (last !== undefined) yield { ids, ...(yields === 'learners' && { learners: page }) };
    const existing = new Set(ids);
    for (let cursor = after; ; ) {
      const holders = await enrolments.holders({ after: cursor, upTo: last ?? range.upTo, limit });
      if (holders.length === 0) break;
      cursor = holders.at(-1)!;
      yield { ids: holders.filter((id) => !existing.has(id)), after: last === undefined ? cursor : undefined };
      // No learner comes between the last one of a window and its end.
      if (cursor === last) break;
    }
    if (last === undefined) return;
    after = last;
    yield { ids: [], after };
  }
}

/** Walks through the given learners, each once. */
export async function* named(ids: readonly LearnerId[], limit: number): AsyncGenerator<Batch> {
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += limit) yield { ids: unique.slice(from, from + limit) };
}
