import type { Catalog } from '../../src/model/catalog.js';
import type { LearnerDiff } from '../../src/model/diff.js';
import type { Learner } from '../../src/model/learner.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import { learnerOf } from './workload.js';

/** Repositories of any number of learners that are made up page by page, hold nothing, and forget what is written. */
export function madeUpPeople(catalog: Catalog, count: number): Repositories & { readonly written: () => number } {
  let written = 0;
  const indexOf = (id: string) => Number(id.slice('learner-'.length));
  const repositories: Repositories = {
    catalog: { load: async () => catalog, commit: async () => catalog.revision + 1, settled: async () => {} },
    learners: {
      get: async (ids) => ids.map((id) => learnerOf(indexOf(id))),
      page: async ({ after, limit }) => {
        const from = after === undefined ? 0 : indexOf(after) + 1;
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
