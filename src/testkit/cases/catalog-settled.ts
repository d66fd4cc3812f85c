import { same, sameItems } from '../assert.js';
import { committing } from '../furnish.js';
import type { Promised } from '../promise.js';

const WORK = { links: ['k', 'm'], courses: ['c'], pass: 'holders' } as const;

/** What `catalog.settled` promises. */
export const catalogSettled: readonly Promised[] = [
  {
    id: 'settled-moves',
    title: 'catalog.settled records the pass and the learner that a piece of work has come to, and nothing else.',
    async check({ repositories }) {
      const revision = await committing(repositories, { saveSegments: [{ id: 's', title: 'S' }] }, WORK);
      const before = await repositories.catalog.load();
      for (const after of ['l1', '', 'l2']) {
        await repositories.catalog.settled({ revision, pass: 'audience', after, done: false });
        const expected = { ...before, unsettled: [{ ...WORK, pass: 'audience', after, revision }] };
        same(await repositories.catalog.load(), expected, 'The catalog');
      }
    },
  },
  {
    id: 'settled-without-after',
    title: 'catalog.settled without a learner means the beginning of the pass.',
    async check({ repositories }) {
      const revision = await committing(repositories, {}, { ...WORK, after: 'l' });
      await repositories.catalog.settled({ revision, pass: 'audience', done: false });
      const { unsettled } = await repositories.catalog.load();
      same(unsettled, [{ ...WORK, pass: 'audience', revision }], 'The unsettled work');
    },
  },
  {
    id: 'settled-done',
    title: 'catalog.settled forgets a piece of work that is done.',
    async check({ repositories }) {
      const revision = await committing(repositories, {}, WORK);
      await repositories.catalog.settled({ revision, pass: 'audience', after: 'l', done: true });
      same((await repositories.catalog.load()).unsettled, [], 'The unsettled work');
    },
  },
  {
    id: 'settled-only-that',
    title: 'catalog.settled leaves other pieces of work as they are.',
    async check({ repositories }) {
      const first = await committing(repositories, {}, WORK);
      const second = await committing(repositories, {}, { ...WORK, after: 'b' });
      const third = await committing(repositories, {}, WORK);
      await repositories.catalog.settled({ revision: second, pass: 'audience', after: 'c', done: false });
      await repositories.catalog.settled({ revision: third, pass: 'audience', done: true });
      const expected = [
        { ...WORK, revision: first },
        { ...WORK, pass: 'audience', after: 'c', revision: second },
      ];
      sameItems((await repositories.catalog.load()).unsettled, expected, 'The unsettled work');
    },
  },
  {
    id: 'settled-gone',
    title: 'catalog.settled has nothing to do for a piece of work that is gone.',
    async check({ repositories }) {
      const revision = await committing(repositories, {}, WORK);
      await repositories.catalog.settled({ revision, pass: 'audience', done: true });
      await repositories.catalog.settled({ revision, pass: 'holders', after: 'l', done: false });
      await repositories.catalog.settled({ revision, pass: 'audience', done: true });
      await repositories.catalog.settled({ revision: revision + 7, pass: 'holders', after: 'l', done: false });
      same((await repositories.catalog.load()).unsettled, [], 'The unsettled work');
    },
  },
  {
    id: 'settled-survives',
    title: 'catalog.settled is still known to a client that opens the storage later.',
    async check({ repositories, another }) {
      const first = await committing(repositories, {}, WORK);
      const second = await committing(repositories, {}, WORK);
      await repositories.catalog.settled({ revision: first, pass: 'audience', after: 'l', done: false });
      await repositories.catalog.settled({ revision: second, pass: 'audience', done: true });
      const { unsettled } = await (await another()).repositories.catalog.load();
      same(unsettled, [{ ...WORK, pass: 'audience', after: 'l', revision: first }], 'The unsettled work');
    },
  },
];
