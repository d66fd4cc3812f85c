import { type Broken, forEver } from './alter.js';

/** Adapters that break what the catalog promises while transactions run. */
export const brokenStill: readonly Broken[] = [
  {
    id: 'still-commit-waits',
    does: 'loads inside a transaction without locking the catalog',
    fault: () => ({
      repositories({ catalog }, outer) {
        if (!outer) return {};
        let written = false;
        const writing = <T>(result: Promise<T>): Promise<T> => {
          written = true;
          return result;
        };
        return {
          catalog: {
            load: () => (written ? catalog : outer.catalog).load(),
            commit: (...args) => writing(catalog.commit(...args)),
            settled: (...args) => writing(catalog.settled(...args)),
          },
        };
      },
    }),
  },
  {
    id: 'still-ends',
    hangs: true,
    does: 'has a lock that neither a waiting commit nor a later transaction receives',
    fault() {
      let waiting = 0;
      return {
        repositories({ catalog }, outer) {
          let loaded = false;
          if (!outer) {
            return {
              catalog: {
                commit: (...args) => {
                  waiting++;
                  return catalog.commit(...args).finally(() => void waiting--);
                },
              },
            };
          }
          return {
            catalog: {
              load: () => {
                if (waiting > 0 && !loaded) return forEver();
                loaded = true;
                return catalog.load();
              },
            },
          };
        },
      };
    },
  },
  {
    id: 'still-two-commits',
    does: 'ignores a conflict inside a transaction',
    fault: () => ({
      repositories: ({ catalog }, outer) =>
        outer
          ? { catalog: { commit: (change, o) => catalog.commit(change, o).catch(() => o.expected.revision + 1) } }
          : {},
    }),
  },
];
