import type { Catalog, Learner, LearnerDiff, Repositories } from '../../../src/index.js';
import { learnerIndex, learnerOf } from './learners.js';

/** Repositories of any number of learners, who are generated page by page and hold nothing. Writes are discarded. */
export function madeUpPeople(catalog: Catalog, count: number): Repositories & { readonly written: () => number } {
  let written = 0;
  const repositories: Repositories = {
    catalog: { load: async () => catalog, commit: async () => catalog.revision + 1, settled: async () => {} },
    learners: {
      get: async (ids) => ids.map((id) => learnerOf(learnerIndex(id))),
      page: async ({ after, limit }) => {
        const from = after === undefined ? 0 : learnerIndex(after) + 1;
        const page: Learner[] = [];
        for (let i = from; i < Math.min(count, from + limit); i++) page.push(learnerOf(i));
        return page;
      },
    },
    enrolments: {
      read: async () => [],
      holders: async () => [],
      write: async (diffs: readonly LearnerDiff[]) => {
        for (const { assigned } of diffs) written += assigned.length;
      },
    },
    transaction: async (_ids, work) => work(repositories),
  };
  return Object.assign(repositories, { written: () => written });
}
