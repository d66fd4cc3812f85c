import { expect } from 'vitest';
import type { Catalog } from '../../src/model/catalog.js';
import type { Repositories } from '../../src/repositories/repositories.js';
import { expecting, operationAt } from '../../src/testkit/fixtures.js';
import { CONTEXT } from '../../src/testkit/store.js';

export type Work = (inside: Repositories) => Promise<unknown>;
/** An adapter under test; what it results is anything. */
type Results = { readonly [method: string]: (...args: never[]) => unknown };

export const catalog: Catalog = { revision: 1, courses: [], segments: [], links: [], unsettled: [] };

/** Makes repositories that return empty results, except for these methods. */
export function fakeAdapter(results: Results): Repositories {
  const method =
    (name: string, otherwise: unknown) =>
    async (...args: never[]) =>
      (results[name] ?? (() => otherwise))(...args);
  const repositories = {
    catalog: {
      load: method('catalog.load', catalog),
      commit: method('catalog.commit', 2),
      settled: method('catalog.settled', undefined),
    },
    learners: { get: method('learners.get', []), page: method('learners.page', []) },
    enrolments: {
      read: method('enrolments.read', []),
      holders: method('enrolments.holders', []),
      write: method('enrolments.write', undefined),
    },
    transaction: async (ids: never, work: Work) =>
      results.transaction ? results.transaction(work as never, ids) : work(repositories as unknown as Repositories),
  };
  return repositories as unknown as Repositories;
}

const change = { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [] };

export const calls: { readonly [method: string]: (repositories: Repositories) => Promise<unknown> } = {
  'catalog.load': (r) => r.catalog.load(),
  'catalog.commit': (r) => r.catalog.commit(change, expecting(1)),
  'catalog.settled': (r) => r.catalog.settled({ operation: operationAt(1).id, range: { pass: 'holders' }, done: true }),
  'learners.get': (r) => r.learners.get(['a', 'b']),
  'learners.page': (r) => r.learners.page({ after: 'a', limit: 2 }),
  'enrolments.read': (r) => r.enrolments.read(['a', 'b'], { courses: ['c', 'd'] }),
  'enrolments.holders': (r) => r.enrolments.holders({ after: 'a', limit: 2 }),
  'enrolments.write': (r) => r.enrolments.write([], CONTEXT),
};

export const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing was thrown',
    (error) => error,
  );
export const fail = (error: unknown) => () => {
  throw error;
};
export const failed = (method: string, cause: unknown) =>
  expect.objectContaining({ code: 'repository_failed', details: { method }, cause });
export const brokenBy = (method: string) =>
  expect.objectContaining({
    code: 'contract_broken',
    details: { method, promise: expect.stringMatching(/^It .*\.$/) },
  });
