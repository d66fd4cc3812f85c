import type { LearnerQuery, Repositories } from '../../../src/index.js';
import type { Read } from './core-answer.js';

/** Walks through pages of learners to the end. */
export async function walk({ learners }: Repositories, query: LearnerQuery): Promise<Read[]> {
  const found: Read[] = [];
  for (let after: string | undefined; ; ) {
    const page = await learners.page({ ...query, ...(after !== undefined && { after }) });
    if (page.length === 0) return found;
    found.push(...page);
    const last = page.at(-1)!.id;
    if (last === after) throw new Error(`The walk stays at ${last}.`);
    after = last;
  }
}
