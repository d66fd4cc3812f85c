import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery, LearnerQuery, Repositories } from '../repositories/repositories.js';

/** Called between two pages. */
type Between = (page: readonly LearnerId[]) => Promise<void>;

/** Reads pages of learners until one is empty, and returns the ids. */
export function walkLearners(
  { learners }: Repositories,
  query: LearnerQuery,
  between?: Between,
): Promise<readonly LearnerId[]> {
  const next = async (after: LearnerId | undefined) =>
    (await learners.page({ ...query, ...(after !== undefined && { after }) })).map(({ id }) => id);
  return walk('learners.page', next, query, between);
}

/** Reads pages of holders until one is empty, and returns the ids. */
export function walkHolders(
  { enrolments }: Repositories,
  query: HoldersQuery,
  between?: Between,
): Promise<readonly LearnerId[]> {
  const next = (after: LearnerId | undefined) =>
    enrolments.holders({ ...query, ...(after !== undefined && { after }) });
  return walk('enrolments.holders', next, query, between);
}

/** More pages than any case has. */
const ENDLESS = 1_000;

async function walk(
  method: string,
  next: (after: LearnerId | undefined) => Promise<readonly LearnerId[]>,
  { after }: { readonly after?: LearnerId },
  between?: Between,
): Promise<readonly LearnerId[]> {
  const found: LearnerId[] = [];
  let cursor = after;
  for (let pages = 0; pages < ENDLESS; pages++) {
    const page = await next(cursor);
    if (page.length === 0) return found;
    found.push(...page);
    cursor = page.at(-1)!;
    await between?.(page);
  }
  throw new Error(
    `${method} returned ${ENDLESS} pages, and none of them was empty. Return an empty page after the last learner.`,
  );
}
