import type { UnsettledWork } from '../../../src/index.js';
import { type Broken, seen } from './alter.js';

/** Adapters that break what `catalog.settled` promises. */
export const brokenSettled: readonly Broken[] = [
  {
    id: 'settled-moves',
    does: 'takes an empty id for none',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: { settled: ({ after, ...work }) => catalog.settled(after ? { ...work, after } : work) },
      }),
    }),
  },
  {
    id: 'settled-without-after',
    does: 'keeps the learner where none is given',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(work) {
            const found = (await catalog.load()).unsettled.find(({ revision }) => revision === work.revision);
            const after = work.after ?? found?.after;
            return catalog.settled({ ...work, ...(after !== undefined && { after }) });
          },
        },
      }),
    }),
  },
  {
    id: 'settled-done',
    does: 'takes work for unfinished as long as a learner is named',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: { settled: (work) => catalog.settled({ ...work, done: work.done && work.after === undefined }) },
      }),
    }),
  },
  {
    id: 'settled-only-that',
    does: 'moves all the work there is',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(work) {
            const { unsettled } = await catalog.load();
            const known = unsettled.some(({ revision }) => revision === work.revision);
            if (work.done || !known) return catalog.settled(work);
            for (const { revision } of unsettled) await catalog.settled({ ...work, revision });
          },
        },
      }),
    }),
  },
  {
    id: 'settled-gone',
    does: 'fails where it updates no row',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(work) {
            const { unsettled } = await catalog.load();
            if (!unsettled.some(({ revision }) => revision === work.revision)) throw new Error('no row');
            return catalog.settled(work);
          },
        },
      }),
    }),
  },
  {
    id: 'settled-survives',
    does: 'forgets finished work in one process only',
    fault() {
      const finished: UnsettledWork[] = [];
      return {
        repositories: ({ catalog }) => ({
          catalog: {
            async settled(work) {
              const { unsettled } = await catalog.load();
              finished.push(...unsettled.filter(({ revision }) => work.done && revision === work.revision));
              return catalog.settled(work);
            },
          },
        }),
        reopened: seen((catalog) => ({ ...catalog, unsettled: [...catalog.unsettled, ...finished] })),
      };
    },
  },
];
