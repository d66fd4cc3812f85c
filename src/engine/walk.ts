import type { Matcher } from '../catalog/matcher.js';
import type { Unsettled } from '../model/catalog.js';
import type { LearnerId } from '../model/ids.js';
import type { Learner, UnreadableLearner } from '../model/learner.js';
import { audienceOf } from '../reconcile/audience.js';
import { matchingOf } from '../reconcile/hint.js';
import type { Repositories } from '../repositories/repositories.js';
import { isConfinable } from './in-halves.js';

/** Learners to look at together, found by a walk through the stores. */
export interface Group {
  readonly ids: readonly LearnerId[];
  /** The same learners where the walk has read them. */
  readonly learners?: readonly (Learner | UnreadableLearner)[];
  /** Everyone up to this id is in this group or an earlier one of its pass. */
  readonly after?: LearnerId;
  readonly pass?: Unsettled['pass'];
}

/** Walks through every learner whom an edit affects, from where the work stopped: holders of its links, then their audience. */
export async function* concerned(
  { learners, enrolments }: Repositories,
  matcher: Matcher,
  { links, pass, after }: Unsettled,
  limit: number,
  signal?: AbortSignal,
): AsyncGenerator<Group> {
  if (links.length === 0) return;
  if (pass === 'holders') {
    for (let cursor = after; ; ) {
      const ids = await enrolments.holders({ links, after: cursor, limit });
      if (ids.length === 0) break;
      cursor = ids.at(-1)!;
      yield { ids, after: cursor, pass };
    }
  }
  let hint = matchingOf(matcher, links);
  if (!hint) return;
  const within = audienceOf(matcher, links);
  const pageAfter = async (cursor: LearnerId | undefined) => {
    const query = { after: cursor, limit, idsOnly: true };
    if (!hint) return learners.page(query);
    try {
      return await learners.page({ ...query, matching: hint });
    } catch (error) {
      if (!isConfinable(error, signal)) throw error;
      // A store that cannot narrow the walk is asked for everyone (semantics §6).
      hint = undefined;
      return learners.page(query);
    }
  };
  for (let cursor = pass === 'audience' ? after : undefined; ; ) {
    const page = await pageAfter(cursor);
    if (page.length === 0) return;
    cursor = page.at(-1)!.id;
    const judged = page.filter((learner): learner is Learner => !('unreadable' in learner) && !isBare(learner));
    const outside = new Set(judged.map(({ id }) => id));
    for (const id of within(judged)) outside.delete(id);
    const ids = new Set(page.flatMap(({ id }) => (outside.has(id) ? [] : id)));
    yield { ids: [...ids], after: cursor, pass: 'audience' };
  }
}

/** Whether nothing came of a learner but the id, so that the store has judged them. What would throw when it is read is none of that. */
function isBare(learner: Learner): boolean {
  const profile: unknown = Object.getOwnPropertyDescriptor(learner, 'profile')?.value;
  if (typeof profile !== 'object' || profile === null || 'segments' in learner) return false;
  return Object.keys(profile).length === 0;
}

/**
 * Walks through everyone in a range: who is there and, window by window, who vanished and still holds something. Whoever reads
 * the learners again under their locks needs only ids.
 */
export async function* everyone(
  { learners, enrolments }: Repositories,
  range: { readonly after?: LearnerId; readonly upTo?: LearnerId },
  limit: number,
  found: 'ids' | 'learners',
): AsyncGenerator<Group> {
  let { after } = range;
  for (;;) {
    const page = await learners.page({ after, upTo: range.upTo, limit, ...(found === 'ids' && { idsOnly: true }) });
    const ids = [...new Set(page.map(({ id }) => id))];
    const last = ids.at(-1);
    if (last !== undefined) yield { ids, ...(found === 'learners' && { learners: page }) };
    const there = new Set(ids);
    for (let cursor = after; ; ) {
      const holders = await enrolments.holders({ after: cursor, upTo: last ?? range.upTo, limit });
      if (holders.length === 0) break;
      cursor = holders.at(-1)!;
      yield { ids: holders.filter((id) => !there.has(id)), after: last === undefined ? cursor : undefined };
      // Nobody comes between the last of a window and its end.
      if (cursor === last) break;
    }
    if (last === undefined) return;
    after = last;
    yield { ids: [], after };
  }
}

/** Walks through the learners named, each once. */
export async function* named(ids: readonly LearnerId[], limit: number): AsyncGenerator<Group> {
  const unique = [...new Set(ids)];
  for (let from = 0; from < unique.length; from += limit) yield { ids: unique.slice(from, from + limit) };
}
