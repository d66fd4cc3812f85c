import type { Repositories } from '../repositories/repositories.js';

/** What happens around each call to a repository; `call` makes it. */
export type Around = <T>(method: string, call: () => Promise<T>, args: readonly unknown[]) => Promise<T>;

/** Repositories that do what these do, with something around every call, inside transactions too. */
export function surround(repositories: Repositories, around: Around): Repositories {
  const { catalog, learners, enrolments } = repositories;
  return {
    catalog: {
      load: () => around('catalog.load', () => catalog.load(), []),
      commit: (...args) => around('catalog.commit', () => catalog.commit(...args), args),
      settled: (...args) => around('catalog.settled', () => catalog.settled(...args), args),
    },
    learners: {
      get: (...args) => around('learners.get', () => learners.get(...args), args),
      page: (...args) => around('learners.page', () => learners.page(...args), args),
    },
    enrolments: {
      read: (...args) => around('enrolments.read', () => enrolments.read(...args), args),
      holders: (...args) => around('enrolments.holders', () => enrolments.holders(...args), args),
      write: (...args) => around('enrolments.write', () => enrolments.write(...args), args),
    },
    transaction: (ids, work) =>
      around('transaction', () => repositories.transaction(ids, (inside) => work(surround(inside, around))), [ids]),
  };
}
