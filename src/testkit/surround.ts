import type { Repositories } from '../repositories/repositories.js';

/** Wraps each call to a repository. `call` makes the call; `inside` is true in a transaction. */
export type Around = <T>(
  method: string,
  call: () => Promise<T>,
  args: readonly unknown[],
  inside: boolean,
) => Promise<T>;

/** Returns repositories that wrap every call to these, also inside transactions. */
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
