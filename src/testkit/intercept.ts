import type { Repositories } from '../repositories/repositories.js';

/** Wraps each call to a repository. `call` makes the call; `inside` is true in a transaction. */
export type Interceptor = <T>(
  method: string,
  call: () => Promise<T>,
  args: readonly unknown[],
  inside: boolean,
) => Promise<T>;

/** Returns repositories that wrap every call to these, also inside transactions. */
export function intercept(repositories: Repositories, interceptor: Interceptor, inside = false): Repositories {
  const { catalog, learners, enrolments } = repositories;
  return {
    catalog: {
      load: () => interceptor('catalog.load', () => catalog.load(), [], inside),
      commit: (...args) => interceptor('catalog.commit', () => catalog.commit(...args), args, inside),
      settled: (...args) => interceptor('catalog.settled', () => catalog.settled(...args), args, inside),
    },
    learners: {
      get: (...args) => interceptor('learners.get', () => learners.get(...args), args, inside),
      page: (...args) => interceptor('learners.page', () => learners.page(...args), args, inside),
      ...(learners.asStored && {
        asStored: (...args: Parameters<NonNullable<typeof learners.asStored>>) =>
          interceptor('learners.asStored', () => learners.asStored!(...args), args, inside),
      }),
    },
    enrolments: {
      read: (...args) => interceptor('enrolments.read', () => enrolments.read(...args), args, inside),
      holders: (...args) => interceptor('enrolments.holders', () => enrolments.holders(...args), args, inside),
      write: (...args) => interceptor('enrolments.write', () => enrolments.write(...args), args, inside),
    },
    transaction: (ids, work) =>
      interceptor(
        'transaction',
        () => repositories.transaction(ids, (within) => work(intercept(within, interceptor, true))),
        [ids],
        inside,
      ),
  };
}
