import type { Learner, UnreadableLearner } from '../model/learner.js';
import type { HoldersQuery, LearnerQuery } from '../repositories/repositories.js';
import { broken } from './guard-failure.js';

/** Checks what `learners.get` answered. What else a row says is not judged: a malformed profile is the learner's fault, not the adapter's. */
export function checkLearners(ids: readonly string[], answer: readonly (Learner | UnreadableLearner)[]): void {
  const found = idsOf('learners.get', answer);
  if (isAmong(found, ids)) return;
  const asked = new Set(ids);
  // A learner who comes twice is blocked, and stops nobody else.
  if (found.every((id) => asked.has(id))) return;
  throw broken('learners.get', 'It returns only learners that were asked for.');
}

/** Whether these ids are some of those asked for (each once), each once. In the order asked none has to be looked up. */
export function isAmong(ids: readonly string[], asked: readonly string[]): boolean {
  let next = 0;
  for (const id of ids) {
    while (next < asked.length && asked[next] !== id) next++;
    if (next++ < asked.length) continue;
    const left = new Set(asked);
    return ids.every((id) => left.delete(id));
  }
  return true;
}

/** Checks what `learners.page` answered. */
export function checkPage(query: LearnerQuery, answer: readonly (Learner | UnreadableLearner)[]): void {
  checkWalk('learners.page', query, idsOf('learners.page', answer));
}

/** Checks what `learners.asStored` returned. */
export function checkStored(learners: readonly Learner[], stored: readonly (Learner | UnreadableLearner)[]): void {
  if (idsOf('learners.asStored', stored).length === learners.length) return;
  throw broken('learners.asStored', 'It returns as many learners as it was given.');
}

/** Checks what `enrolments.holders` answered. */
export function checkHolders(query: HoldersQuery, answer: readonly string[]): void {
  const method = 'enrolments.holders';
  const ids: readonly unknown[] = Array.isArray(answer) ? Array.from(answer) : [undefined];
  if (!ids.every((id) => typeof id === 'string')) throw broken(method, 'It answers an array of learner ids.');
  if (!isAscending(undefined, ids as readonly string[]) && new Set(ids).size < ids.length) {
    throw broken(method, 'It answers each learner once.');
  }
  checkWalk(method, query, ids as readonly string[]);
}

function idsOf(method: string, answer: unknown): readonly string[] {
  if (!Array.isArray(answer)) throw broken(method, 'It answers an array of learners.');
  // `map` would pass over holes.
  return Array.from(answer, (row: unknown) => {
    const id: unknown = (row as { readonly id?: unknown } | null | undefined)?.id;
    if (typeof id !== 'string') throw broken(method, 'It answers learners whose id is text.');
    return id;
  });
}

/** A walk that goes back, or stays where it is, would never end. */
function checkWalk(method: string, query: LearnerQuery | HoldersQuery, ids: readonly string[]): void {
  if (ids.length > query.limit) throw broken(method, 'It answers no more learners than the limit.');
  if (isAscending(query.after, ids)) return;
  const found = new Set(ids);
  if (query.after !== undefined && found.has(query.after)) {
    throw broken(method, 'It answers only learners that follow the one given as "after".');
  }
}

/** Whether the ids ascend, as in most stores' order they do: then each is there once. */
function isAscending(after: string | undefined, ids: readonly string[]): boolean {
  let before = after;
  for (const id of ids) {
    if (before !== undefined && before >= id) return false;
    before = id;
  }
  return true;
}
