import type { LearnerDiff } from '../model/diff.js';
import type { LearnerId } from '../model/ids.js';
import type { Holdings } from '../model/learner.js';
import { compareIds } from '../model/order.js';
import type { Repositories } from '../repositories/repositories.js';
import { readable } from './readable.js';

/** Writes diffs as the library does: in a transaction on their learners. */
export function writing(repositories: Repositories, ...diffs: readonly LearnerDiff[]): Promise<void> {
  const ids = diffs.map(({ learnerId }) => learnerId);
  return repositories.transaction(ids, ({ enrolments }) => enrolments.write(diffs));
}

/** Reads what one learner holds, sorted; without a row, nothing. */
export async function readOne(
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
