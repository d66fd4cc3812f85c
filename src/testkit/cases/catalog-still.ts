import { assert, assertEqual } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { changeOf, commitChange, expecting, operationAt, seedHost } from '../fixtures.js';
import { gate } from '../gate.js';
import { settlesSoon } from '../time-limit.js';

const saving = (id: string) => ({ saveSegments: [{ id, title: id }] });

/** What `catalog.load` promises inside a transaction. */
export const catalogStill: readonly ContractCase[] = [
  {
    id: 'still-commit-waits',
    title: 'catalog.commit completes only after every other transaction that loaded the catalog has ended.',
    async check({ repositories, host, another }) {
      await seedHost({ host }, { learners: ['l'] });
      const others = (await another()).repositories;
      for (const committer of [repositories, others]) {
        let commit: ReturnType<typeof commitChange> | undefined;
        await repositories.transaction(['l'], async (inside) => {
          const { revision } = await inside.catalog.load();
          commit ??= commitChange(committer, saving('s'));
          assert(
            !(await settlesSoon(commit)),
            'It completed while a transaction that had loaded the catalog was still running.',
          );
          assertEqual(
            (await inside.catalog.load()).revision,
            revision,
            'The revision at the end of the transaction that loaded it',
          );
        });
        const work = await commit;
        assertEqual(
          (await repositories.catalog.load()).revision,
          work?.operation.revision,
          'The revision after that transaction had ended',
        );
      }
    },
  },
  {
    id: 'still-ends',
    title: 'catalog.commit ends, and so do transactions that load the catalog while it waits.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a', 'b', 'd'] });
      const loaded = gate();
      const release = gate();
      const first = repositories.transaction(['a'], async (inside) => {
        await inside.catalog.load();
        loaded.open();
        await release.opened;
      });
      await loaded.opened;
      const commit = commitChange(repositories, saving('s'));
      const later = ['b', 'd'].map((id) => repositories.transaction([id], async (inside) => inside.catalog.load()));
      await settlesSoon(commit);
      release.open();
      await Promise.all([first, commit, ...later]);
    },
  },
  {
    id: 'still-two-commits',
    title:
      'catalog.commit ends in two transactions that both loaded the catalog, and no stored commit overwrites the other.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a', 'b'] });
      const { revision: start } = await repositories.catalog.load();
      const both = ['a', 'b'].map((id) =>
        repositories.transaction([id], async ({ catalog }) => {
          const { revision: expected } = await catalog.load();
          return catalog.commit(
            changeOf(saving(id)),
            expecting(expected, { operation: { ...operationAt(expected + 1), id } }),
          );
        }),
      );
      const ends = await Promise.allSettled(both);
      const stored = ['a', 'b'].filter((_, i) => {
        const end = ends[i]!;
        return end.status === 'fulfilled' && end.value !== undefined;
      });
      const { revision, segments } = await repositories.catalog.load();
      assertEqual(segments.map(({ id }) => id).sort(), stored, 'The segments of the commits that resolved');
      assert(stored.length > 0, 'Neither commit resolved.');
      assert(
        revision >= start + stored.length,
        `The revision increased only from ${start} to ${revision} in ${stored.length} commits.`,
      );
    },
  },
];
