import { compareIds } from '../collections/order.js';
import type { LearnerDiff } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { Holdings } from '../model/learner.js';
import type { Repositories, WriteContext } from '../repositories/repositories.js';
import { operationAt } from './fixtures.js';
import { readable } from './readable.js';

/** The write context of cases that do not depend on it. */
export const CONTEXT: WriteContext = { operation: operationAt(1), at: '2026-03-01T09:00:00.001Z', links: new Map() };

/** Writes diffs in a transaction on their learners, as the library does. */
export function writeDiffs(repositories: Repositories, ...diffs: readonly LearnerDiff[]): Promise<void> {
  const ids = diffs.map(({ learnerId }) => learnerId);
  return repositories.transaction(ids, ({ enrolments }) => enrolments.write(diffs, CONTEXT));
}

/** Reads what one learner holds, sorted. A missing row means that they hold nothing. */
export async function readHoldings(
  { enrolments }: Pick<Repositories, 'enrolments'>,
  learnerId: LearnerId,
): Promise<Holdings> {
  const rows = readable(await enrolments.read([learnerId]));
  const row = rows.find((one) => one.learnerId === learnerId);
  const { assignments = [], individual = [], training = [] } = row ?? {};
  return {
    learnerId,
    assignments: [...assignments].sort((a, b) => compareIds(a.courseId, b.courseId) || compareIds(a.linkId, b.linkId)),
    individual: [...individual].sort(compareIds),
    training: [...training].sort((a, b) => compareIds(a.courseId, b.courseId)),
  };
}
