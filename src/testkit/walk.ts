import type { LearnerId } from '../model/ids.js';
import type { HoldersQuery, LearnerQuery, Repositories } from '../repositories/repositories.js';

/** What happens between two pages. */
type Between = (page: readonly LearnerId[]) => Promise<void>;

/** Walks through the pages of learners until one is empty, and answers their ids. */
export function walkLearners(
  { learners }: Repositories,
  query: LearnerQuery,
  between?: Between,
): Promise<readonly LearnerId[]> {
  const next = async (after: LearnerId | undefined) =>
    (await learners.page({ ...query, ...(after !== undefined && { after }) })).map(({ id }) => id);
  return walk('learners.page', next, query, between);
}

/** Walks through the pages of holders until one is empty. */
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
  throw new Error(`${method} answered ${ENDLESS} pages, and still none was empty: the walk does not end.`);
}
