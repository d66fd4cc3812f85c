import type { Repositories } from '../../../src/index.js';
import { type Broken, type Changing, forEver } from './alter.js';

/** A correct adapter, except that a transaction waits only for those for which `waits` returns true. */
const careless = (
  running: Set<readonly string[]>,
  waits: (right: Repositories, ids: readonly string[], other: readonly string[]) => boolean | Promise<boolean>,
): Changing => {
  return (right, outer) =>
    outer
      ? {}
      : {
          async transaction(ids, work) {
            for (const other of running) {
              const meets = other.some((id) => ids.includes(id));
              if (meets && !(await waits(right, ids, other))) return work(right);
            }
            return right.transaction(ids, async (inside) => {
              running.add(ids);
              try {
                return await work(inside);
              } finally {
                running.delete(ids);
              }
            });
          },
        };
};

/** Locks one after the other. */
class Mutexes {
  readonly #last = new Map<string, Promise<void>>();

  async lock(id: string): Promise<() => void> {
    const last = this.#last.get(id);
    let release!: () => void;
    this.#last.set(id, new Promise((resolve) => (release = resolve)));
    await last;
    return release;
  }
}

/** Adapters that break what a transaction promises about concurrent ones. */
export const brokenAlone: readonly Broken[] = [
  {
    id: 'alone-on-a-learner',
    does: 'locks only the first learner of a batch',
    fault() {
      const running = new Set<readonly string[]>();
      return { repositories: careless(running, (_, ids, other) => ids[0] === other[0]) };
    },
  },
  {
    id: 'alone-among-clients',
    does: 'has locks within the process only',
    fault() {
      const here = new Set<readonly string[]>();
      const elsewhere = new Set<readonly string[]>();
      const client = (own: Set<readonly string[]>, others: Set<readonly string[]>): Changing => {
        const watched = careless(others, () => false);
        return (right, outer) => {
          if (outer) return {};
          const { transaction } = watched(right);
          return {
            async transaction(ids, work) {
              const note = async (inside: Repositories) => {
                own.add(ids);
                others.delete(ids);
                try {
                  return await work(inside);
                } finally {
                  own.delete(ids);
                }
              };
              return transaction!(ids, note);
            },
          };
        };
      };
      return { repositories: client(here, elsewhere), reopened: client(elsewhere, here) };
    },
  },
  {
    id: 'alone-on-nobody-known',
    does: "locks the learners' own rows, which need not exist",
    fault() {
      const running = new Set<readonly string[]>();
      return { repositories: careless(running, async ({ learners }, ids) => (await learners.get(ids)).length > 0) };
    },
  },
  {
    id: 'alone-no-more',
    hangs: true,
    does: 'keeps its locks after a rollback',
    fault() {
      const kept = new Set<string>();
      return {
        repositories: ({ transaction }) => ({
          transaction: (ids, work) => {
            if (ids.some((id) => kept.has(id))) return forEver();
            return transaction(ids, work).catch((error: unknown) => {
              for (const id of ids) kept.add(id);
              throw error;
            });
          },
        }),
      };
    },
  },
  {
    id: 'ends-whatever-the-order',
    hangs: true,
    does: 'locks in the order in which the ids are listed',
    fault() {
      const mutexes = new Mutexes();
      return {
        repositories: ({ transaction }, outer) =>
          outer
            ? {}
            : {
                async transaction(ids, work) {
                  const releases: (() => void)[] = [];
                  for (const id of new Set(ids)) releases.push(await mutexes.lock(id));
                  return transaction(ids, work).finally(() => {
                    for (const release of releases) release();
                  });
                },
              },
      };
    },
  },
  {
    id: 'ends-beside-others',
    hangs: true,
    does: 'takes another of fifteen connections for every call inside a transaction',
    fault() {
      let free = 15;
      const waiting: (() => void)[] = [];
      const connected = async <T>(work: () => Promise<T>): Promise<T> => {
        if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
        else free--;
        try {
          return await work();
        } finally {
          const next = waiting.shift();
          if (next) next();
          else free++;
        }
      };
      return {
        repositories: ({ transaction, catalog, enrolments }, outer) =>
          outer
            ? {
                catalog: { load: () => connected(() => catalog.load()) },
                enrolments: { read: (...args) => connected(() => enrolments.read(...args)) },
              }
            : { transaction: (ids, work) => connected(() => transaction(ids, work)) },
      };
    },
  },
  {
    id: 'ends-with-ids-twice',
    hangs: true,
    does: 'waits for itself if it already has a lock',
    fault: () => ({
      repositories: ({ transaction }) => ({
        transaction: (ids, work) => (new Set(ids).size < ids.length ? forEver() : transaction(ids, work)),
      }),
    }),
  },
  {
    id: 'ends-with-no-ids',
    does: 'builds a statement without ids',
    fault: () => ({
      repositories: ({ transaction }) => ({
        async transaction(ids, work) {
          if (ids.length === 0) throw new Error('syntax error at or near ")"');
          return transaction(ids, work);
        },
      }),
    }),
  },
  {
    id: 'ends-with-many-ids',
    does: 'binds a parameter for each id',
    fault: () => ({
      repositories: ({ transaction }) => ({
        async transaction(ids, work) {
          if (ids.length > 2_100) throw new Error('too many parameters');
          return transaction(ids, work);
        },
      }),
    }),
  },
];
