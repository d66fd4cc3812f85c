import type { CatalogChange, CommitOptions, Learner, LearnerDiff, SettledRange } from '../../../src/index.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import type { Broken, Change, Changing } from './alter.js';

/** Rolls back, and then repeats what should have been rolled back. */
const redoing = <Done>(
  noting: (inside: Parameters<Changing>[0], done: Done[]) => Change,
  redo: (right: Parameters<Changing>[0], ids: readonly string[], done: readonly Done[]) => Promise<unknown>,
): Changing => {
  const done: Done[] = [];
  return (right, outer) => ({
    ...(outer && noting(right, done)),
    async transaction(ids, work) {
      done.length = 0;
      return right.transaction(ids, work).catch(async (error: unknown) => {
        await redo(right, ids, done);
        throw error;
      });
    },
  });
};

/** Adapters that break what a transaction promises about its work. */
export const brokenWhole: readonly Broken[] = [
  {
    id: 'transaction-result',
    does: 'returns a copy of the result of its work',
    also: { ids: ['load-same-object-inside'], because: 'it hands a catalog out of a transaction' },
    fault: () => ({
      repositories: ({ transaction }) => ({
        transaction: async (ids, work) => structuredClone(await transaction(ids, work)),
      }),
    }),
  },
  {
    id: 'transaction-rejects',
    does: 'rolls back and does not reject',
    fault: () => ({
      repositories: ({ transaction }) => ({
        transaction: (ids, work) => transaction(ids, work).catch(() => undefined as Awaited<ReturnType<typeof work>>),
      }),
    }),
  },
  {
    id: 'transaction-commits',
    does: 'commits after the first write',
    fault: () => ({
      repositories({ enrolments }, outer) {
        let written = false;
        return {
          enrolments: {
            async write(diffs, context) {
              if (written) return;
              written = outer !== undefined;
              return enrolments.write(diffs, context);
            },
          },
        };
      },
    }),
  },
  {
    id: 'transaction-undoes-writes',
    does: 'writes enrolments outside the transaction',
    fault: () => ({
      repositories: redoing<LearnerDiff>(
        ({ enrolments }, done) => ({
          enrolments: {
            write(diffs, context) {
              done.push(...diffs);
              return enrolments.write(diffs, context);
            },
          },
        }),
        (right, ids, done) => right.transaction(ids, (inside) => inside.enrolments.write(done, CONTEXT)),
      ),
    }),
  },
  {
    id: 'transaction-undoes-settled',
    does: 'records what is settled outside the transaction',
    fault: () => ({
      repositories: redoing<SettledRange>(
        ({ catalog }, done) => ({
          catalog: {
            settled(work) {
              done.push(work);
              return catalog.settled(work);
            },
          },
        }),
        async ({ catalog }, _, done) => {
          for (const work of done) await catalog.settled(work);
        },
      ),
    }),
  },
  {
    id: 'transaction-undoes-commit',
    does: 'commits the catalog outside the transaction',
    fault: () => ({
      repositories: redoing<readonly [CatalogChange, CommitOptions]>(
        ({ catalog }, done) => ({
          catalog: {
            async commit(change, options) {
              const revision = await catalog.commit(change, options);
              done.push([change, options]);
              return revision;
            },
          },
        }),
        async ({ catalog }, _, done) => {
          for (const args of done) await catalog.commit(...args);
        },
      ),
    }),
  },
  {
    id: 'transaction-sees-writes',
    does: 'reads enrolments outside the transaction',
    fault: () => ({ repositories: (_, outer) => (outer ? { enrolments: { read: outer.enrolments.read } } : {}) }),
  },
  {
    id: 'transaction-sees-holders',
    does: 'searches for holders outside the transaction',
    fault: () => ({ repositories: (_, outer) => (outer ? { enrolments: { holders: outer.enrolments.holders } } : {}) }),
  },
  {
    id: 'transaction-sees-catalog',
    does: 'loads the catalog only once in a transaction',
    fault: () => ({
      repositories({ catalog }, outer) {
        if (!outer) return {};
        let loaded: ReturnType<typeof catalog.load> | undefined;
        return {
          catalog: {
            load() {
              loaded ??= catalog.load();
              return loaded;
            },
          },
        };
      },
    }),
  },
];

/** Reads the state at the time of the call of `transaction`, until the transaction writes. */
const snapshot = <Taken>(
  take: (right: Parameters<Changing>[0], ids: readonly string[]) => Promise<Taken>,
  answer: (taken: Taken, inside: Parameters<Changing>[0]) => Change,
): Changing => {
  const waiting: Taken[] = [];
  return (right, outer) => {
    if (outer) {
      const taken = waiting.shift();
      return taken === undefined ? {} : answer(taken, right);
    }
    return {
      async transaction(ids, work) {
        const taken = await take(right, ids);
        return right.transaction(ids, (inside) => {
          waiting.push(taken);
          return work(inside);
        });
      },
    };
  };
};

/** Adapters that break what a transaction promises about its reads. */
export const brokenFresh: readonly Broken[] = [
  {
    id: 'fresh-holdings',
    does: 'takes its snapshot of enrolments before it has its locks',
    fault: () => ({
      repositories: snapshot(
        (right, ids) => right.enrolments.read(ids),
        (rows, { enrolments }) => {
          let written = false;
          return {
            enrolments: {
              read: async (ids, o) =>
                written ? enrolments.read(ids, o) : rows.filter(({ learnerId }) => ids.includes(learnerId)),
              write(diffs, context) {
                written = true;
                return enrolments.write(diffs, context);
              },
            },
          };
        },
      ),
    }),
  },
  {
    id: 'fresh-learners',
    does: 'takes its snapshot of learners before it has its locks',
    fault: () => ({
      repositories: snapshot(
        (right, ids) => right.learners.get(ids),
        (found: readonly Learner[]) => ({
          learners: { get: async (ids) => found.filter(({ id }) => ids.includes(id)) },
        }),
      ),
    }),
  },
  {
    id: 'fresh-catalog',
    does: 'takes its snapshot of the catalog before it has its locks',
    fault: () => ({
      repositories: snapshot(
        (right) => right.catalog.load(),
        (loaded, { catalog }) => {
          let written = false;
          return {
            catalog: {
              async load() {
                const now = await catalog.load();
                return written ? now : loaded;
              },
              commit(...args) {
                written = true;
                return catalog.commit(...args);
              },
              settled(work) {
                written = true;
                return catalog.settled(work);
              },
            },
          };
        },
      ),
    }),
  },
];
