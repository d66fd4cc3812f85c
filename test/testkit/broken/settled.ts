import type { Unsettled } from '../../../src/index.js';
import { type Broken, seen } from './alter.js';

/** Adapters that break what `catalog.settled` promises. */
export const brokenSettled: readonly Broken[] = [
  {
    id: 'settled-moves',
    does: 'treats an empty id as none',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          settled({ range: { after, ...rest }, ...progress }) {
            return catalog.settled({ ...progress, range: after ? { ...rest, after } : rest });
          },
        },
      }),
    }),
  },
  {
    id: 'settled-without-after',
    does: 'keeps the learner if none is given',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled({ range, ...progress }) {
            const { unsettled } = await catalog.load();
            const ranges = unsettled.find(({ operation }) => operation.id === progress.operation)?.ranges ?? [];
            const known = ranges.find(({ pass, upTo }) => pass === range.pass && upTo === range.upTo);
            return catalog.settled({ ...progress, range: { ...known, ...range } });
          },
        },
      }),
    }),
  },
  {
    id: 'settled-done',
    does: 'removes a piece of work with its first range',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(progress) {
            const { unsettled } = await catalog.load();
            const work = unsettled.find(({ operation }) => operation.id === progress.operation);
            const isKnown = work?.ranges.some(
              ({ pass, upTo }) => pass === progress.range.pass && upTo === progress.range.upTo,
            );
            if (!progress.done || !isKnown) return catalog.settled(progress);
            for (const range of work!.ranges) await catalog.settled({ ...progress, range });
          },
        },
      }),
    }),
  },
  {
    id: 'settled-only-that',
    does: 'moves all outstanding work',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(progress) {
            const { unsettled } = await catalog.load();
            const known = unsettled.some(({ operation }) => operation.id === progress.operation);
            if (progress.done || !known) return catalog.settled(progress);
            for (const { operation } of unsettled) await catalog.settled({ ...progress, operation: operation.id });
          },
        },
      }),
    }),
  },
  {
    id: 'settled-only-that-range',
    does: 'distinguishes ranges only by their pass',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(progress) {
            const { unsettled } = await catalog.load();
            const work = unsettled.find(({ operation }) => operation.id === progress.operation);
            const { pass, after } = progress.range;
            const isKnown = work?.ranges.some(({ upTo }) => upTo === progress.range.upTo);
            for (const range of isKnown ? work!.ranges.filter((each) => each.pass === pass) : []) {
              const { after: _, ...start } = range;
              await catalog.settled({ ...progress, range: { ...start, ...(after !== undefined && { after }) } });
            }
          },
        },
      }),
    }),
  },
  {
    id: 'settled-side-by-side',
    does: 'writes back the ranges that it read earlier',
    fault() {
      let writing: Promise<unknown> = Promise.resolve();
      return {
        repositories: ({ catalog }) => ({
          catalog: {
            async settled(progress) {
              const { unsettled } = await catalog.load();
              const read = unsettled.find(({ operation }) => operation.id === progress.operation)?.ranges ?? [];
              const write = async () => {
                await catalog.settled(progress);
                // This resets ranges that others have moved in the meantime.
                for (const range of read) {
                  const isOwn = range.pass === progress.range.pass && range.upTo === progress.range.upTo;
                  if (!isOwn) await catalog.settled({ operation: progress.operation, range, done: false });
                }
              };
              writing = writing.then(write, write);
              await writing;
            },
          },
        }),
      };
    },
  },
  {
    id: 'settled-gone',
    does: 'fails if it updates no row',
    fault: () => ({
      repositories: ({ catalog }) => ({
        catalog: {
          async settled(progress) {
            const { unsettled } = await catalog.load();
            if (!unsettled.some(({ operation }) => operation.id === progress.operation)) throw new Error('no row');
            return catalog.settled(progress);
          },
        },
      }),
    }),
  },
  {
    id: 'settled-survives',
    does: 'removes finished work in one process only',
    fault() {
      const finished: Unsettled[] = [];
      return {
        repositories: ({ catalog }) => ({
          catalog: {
            async settled(progress) {
              const { unsettled } = await catalog.load();
              finished.push(
                ...unsettled.filter(({ operation }) => progress.done && operation.id === progress.operation),
              );
              return catalog.settled(progress);
            },
          },
        }),
        reopened: seen((catalog) => ({ ...catalog, unsettled: [...catalog.unsettled, ...finished] })),
      };
    },
  },
];
