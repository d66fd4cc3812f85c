import type { Learner } from '../model/learner.js';
import type { HoldersQuery, LearnerQuery } from '../repositories/repositories.js';
import { broken } from './guard-failure.js';

/** Checks what `learners.get` answered. What else a row says is not judged: a malformed profile is the learner's fault, not the adapter's. */
export function checkLearners(ids: readonly string[], answer: readonly Learner[]): void {
  const asked = new Set(ids);
  for (const id of idsOf('learners.get', answer)) {
    if (!asked.delete(id)) throw broken('learners.get', 'It answers only learners that were asked for, each once.');
  }
}

/** Checks what `learners.page` answered. */
export function checkPage(query: LearnerQuery, answer: readonly Learner[]): void {
  checkWalk('learners.page', query, idsOf('learners.page', answer));
}

/** Checks what `enrolments.holders` answered. */
export function checkHolders(query: HoldersQuery, answer: readonly string[]): void {
  const method = 'enrolments.holders';
  if (!Array.isArray(answer) || !answer.every((id) => typeof id === 'string')) {
    throw broken(method, 'It answers an array of learner ids.');
  }
  checkWalk(method, query, answer);
}

function idsOf(method: string, answer: unknown): readonly string[] {
  if (!Array.isArray(answer)) throw broken(method, 'It answers an array of learners.');
  return answer.map((row: unknown) => {
    const id: unknown = (row as { readonly id?: unknown } | null | undefined)?.id;
    if (typeof id !== 'string') throw broken(method, 'It answers learners whose id is text.');
    return id;
  });
}

/** A walk that goes back, or stays where it is, would never end. */
function checkWalk(method: string, query: LearnerQuery | HoldersQuery, ids: readonly string[]): void {
  if (ids.length > query.limit) throw broken(method, 'It answers no more learners than the limit.');
  const found = new Set(ids);
  if (found.size < ids.length) throw broken(method, 'It answers each learner once.');
  if (query.after !== undefined && found.has(query.after)) {
    throw broken(method, 'It answers only learners that follow the one given as "after".');
  }
}
