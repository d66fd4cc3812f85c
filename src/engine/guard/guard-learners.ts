import type { Learner, UnreadableLearner } from '../../model/learner.js';
import type { HoldersQuery, LearnerQuery } from '../../repositories/repositories.js';
import { broken } from './guard-failure.js';

/** Checks what `learners.get` returned. Only ids are checked: a malformed profile is a problem of the learner, not of the adapter. */
export function checkLearners(ids: readonly string[], result: readonly (Learner | UnreadableLearner)[]): void {
  const found = idsOf('learners.get', result);
  if (isAmong(found, ids)) return;
  const requested = new Set(ids);
  // A learner who is returned twice is blocked, and does not stop the others.
  if (found.every((id) => requested.has(id))) return;
  throw broken('learners.get', 'It returns only the requested learners.');
}

/** Whether each of these ids is a requested one and occurs once. Requested ids are unique. If the order is the same, no id is looked up. */
export function isAmong(ids: readonly string[], requested: readonly string[]): boolean {
  let next = 0;
  for (const id of ids) {
    while (next < requested.length && requested[next] !== id) next++;
    if (next++ < requested.length) continue;
    const left = new Set(requested);
    return ids.every((id) => left.delete(id));
  }
  return true;
}

/** Checks what `learners.page` returned. */
export function checkPage(query: LearnerQuery, result: readonly (Learner | UnreadableLearner)[]): void {
  checkWalk('learners.page', query, idsOf('learners.page', result));
}

/** Checks what `learners.asStored` returned. */
export function checkStored(learners: readonly Learner[], stored: readonly (Learner | UnreadableLearner)[]): void {
  if (idsOf('learners.asStored', stored).length === learners.length) return;
  throw broken('learners.asStored', 'It returns as many learners as it was given.');
}

/** Checks what `enrolments.holders` returned. */
export function checkHolders(query: HoldersQuery, result: readonly string[]): void {
  const method = 'enrolments.holders';
  const ids: readonly unknown[] = Array.isArray(result) ? Array.from(result) : [undefined];
  if (!ids.every((id) => typeof id === 'string')) throw broken(method, 'It returns an array of learner ids.');
  if (!isAscending(undefined, ids as readonly string[]) && new Set(ids).size < ids.length) {
    throw broken(method, 'It returns each learner once.');
  }
  checkWalk(method, query, ids as readonly string[]);
}

function idsOf(method: string, result: unknown): readonly string[] {
  if (!Array.isArray(result)) throw broken(method, 'It returns an array of learners.');
  // `map` would skip holes.
  return Array.from(result, (row: unknown) => {
    const id: unknown = (row as { readonly id?: unknown } | null | undefined)?.id;
    if (typeof id !== 'string') throw broken(method, 'It returns learners whose id is a string.');
    return id;
  });
}

/** A walk that goes back or does not advance would never end. */
function checkWalk(method: string, query: LearnerQuery | HoldersQuery, ids: readonly string[]): void {
  if (ids.length > query.limit) throw broken(method, 'It returns no more learners than the limit.');
  if (isAscending(query.after, ids)) return;
  const found = new Set(ids);
  if (query.after !== undefined && found.has(query.after)) {
    throw broken(method, 'It returns only learners that follow the one given as "after".');
  }
}

/** Whether the ids ascend, as they do in the order of most stores; then each occurs once. */
function isAscending(after: string | undefined, ids: readonly string[]): boolean {
  let before = after;
  for (const id of ids) {
    if (before !== undefined && before >= id) return false;
    before = id;
  }
  return true;
}
