import type { Repositories } from '../repositories/repositories.js';

/** What happens around each call to a repository; `call` makes it. `inside`: it is made in a transaction. */
export type Around = <T>(
  method: string,
  call: () => Promise<T>,
  args: readonly unknown[],
  inside: boolean,
) => Promise<T>;

/** Repositories that do what these do, with something around every call, inside transactions too. */
export function surround(repositories: Repositories, around: Around, inside = false): Repositories {
  const { catalog, learners, enrolments } = repositories;
  return {
    catalog: {
      load: () => around('catalog.load', () => catalog.load(), [], inside),
      commit: (...args) => around('catalog.commit', () => catalog.commit(...args), args, inside),
      settled: (...args) => around('catalog.settled', () => catalog.settled(...args), args, inside),
    },
    learners: {
      get: (...args) => around('learners.get', () => learners.get(...args), args, inside),
      page: (...args) => around('learners.page', () => learners.page(...args), args, inside),
      ...(learners.asStored && {
        asStored: (...args: Parameters<NonNullable<typeof learners.asStored>>) =>
          around('learners.asStored', () => learners.asStored!(...args), args, inside),
      }),
    },
    enrolments: {
      read: (...args) => around('enrolments.read', () => enrolments.read(...args), args, inside),
      holders: (...args) => around('enrolments.holders', () => enrolments.holders(...args), args, inside),
      write: (...args) => around('enrolments.write', () => enrolments.write(...args), args, inside),
    },
    transaction: (ids, work) =>
      around(
        'transaction',
        () => repositories.transaction(ids, (within) => work(surround(within, around, true))),
        [ids],
        inside,
      ),
  };
}
