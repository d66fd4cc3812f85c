import { assert, assertEqual, assertSameItems } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { assigning } from '../diffs.js';
import { numbered, seedHost } from '../fixtures.js';
import { LOOKALIKES, SCRIPTS } from '../lookalikes.js';
import { CONTEXT } from '../store.js';
import { walkHolders, walkLearners } from '../walk.js';

/** What `learners.page` promises about its pages; another file has what it promises about `matching`. */
export const learnersPage: readonly ContractCase[] = [
  {
    id: 'page-everyone',
    title: 'learners.page returns every learner once across all pages, active or not, with or without assignments.',
    async check({ repositories, host }) {
      await host.saveLearners(numbered(10).map((id, i) => ({ id, profile: {}, active: i % 3 !== 0 })));
      await host.deleteLearners(['l000004']);
      const expected = numbered(10).filter((id) => id !== 'l000004');
      for (const limit of [1, 2, 3, 9, 10, 10_000]) {
        assertSameItems(await walkLearners(repositories, { limit }), expected, `Everyone, ${limit} at a time`);
      }
    },
  },
  {
    id: 'page-order',
    title: 'learners.page returns learners in one total order of ids, whatever the limit and the client.',
    async check({ repositories, host, another }) {
      const ids = [...LOOKALIKES, ...SCRIPTS];
      await seedHost({ host }, { learners: ids });
      const order = await walkLearners(repositories, { limit: 10_000 });
      assertSameItems(order, ids, 'Everyone');
      for (const limit of [1, 7]) {
        assertEqual(await walkLearners(repositories, { limit }), order, `The order, ${limit} at a time`);
      }
      assertEqual(await walkLearners((await another()).repositories, { limit: 3 }), order, "A second client's order");
    },
  },
  {
    id: 'page-order-of-holders',
    title: 'learners.page and enrolments.holders return learners in the same order.',
    async check({ repositories, host }) {
      const ids = [...SCRIPTS, ...LOOKALIKES];
      await seedHost({ host }, { learners: ids, courses: ['c'] });
      await repositories.transaction(ids, ({ enrolments }) =>
        enrolments.write(
          ids.map((id) => assigning(id, ['c', 'k'])),
          CONTEXT,
        ),
      );
      const order = await walkLearners(repositories, { limit: 5 });
      assertEqual(await walkHolders(repositories, { limit: 5 }), order, 'The order of any holders');
      assertEqual(
        await walkHolders(repositories, { links: ['k'], limit: 4 }),
        order,
        'The order of holders by one link',
      );
      for (let at = 0; at < order.length; at += 9) {
        const window = { after: order[at]!, upTo: order[Math.min(at + 5, order.length - 1)]! };
        const expected = order.slice(at + 1, at + 6);
        assertEqual(await walkLearners(repositories, { ...window, limit: 2 }), expected, 'Learners in a window');
        assertEqual(await walkHolders(repositories, { ...window, limit: 2 }), expected, 'Holders in the same window');
      }
    },
  },
  {
    id: 'page-ids-only',
    title: 'learners.page returns the same learners in the same order with `idsOnly`.',
    async check({ repositories, host }) {
      const people = LOOKALIKES.map((id, i) => ({ id, profile: i % 2 === 0 ? {} : { site: 'Bristol' } }));
      await host.saveLearners(people.map((learner, i) => ({ ...learner, active: i % 3 !== 0 })));
      const order = await walkLearners(repositories, { limit: 10_000 });
      for (const limit of [3, 10_000]) {
        assertEqual(await walkLearners(repositories, { limit, idsOnly: true }), order, `Ids alone, ${limit} at a time`);
      }
      const window = { after: order[2]!, upTo: order[7]!, limit: 2 };
      assertEqual(await walkLearners(repositories, { ...window, idsOnly: true }), order.slice(3, 8), 'Ids in a window');
    },
  },
  {
    id: 'page-limit',
    title: 'learners.page returns at most as many learners as `limit` allows.',
    async check({ repositories: { learners }, host }) {
      await seedHost({ host }, { learners: numbered(7) });
      for (const limit of [1, 3, 7]) {
        const { length } = await learners.page({ limit });
        assert(length > 0 && length <= limit, `It returned ${length} of 7 learners; the limit was ${limit}.`);
      }
    },
  },
  {
    id: 'page-bounds',
    title: 'learners.page returns learners after "after" and up to "upTo".',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: numbered(9) });
      const order = await walkLearners(repositories, { limit: 100 });
      for (const limit of [1, 4, 100]) {
        const walk = (after?: string, upTo?: string) => walkLearners(repositories, { limit, after, upTo });
        assertEqual(await walk(order[2]), order.slice(3), 'Everyone after the third');
        assertEqual(await walk(undefined, order[5]), order.slice(0, 6), 'Everyone up to the sixth');
        assertEqual(await walk(order[2], order[5]), order.slice(3, 6), 'Everyone after the third, up to the sixth');
        assertEqual(await walk(order[8]), [], 'Everyone after the last');
        assertEqual(await walk(order[5], order[5]), [], 'Everyone after one, up to the same');
        assertEqual(await walk(order[6], order[2]), [], 'Everyone after one, up to an earlier one');
      }
    },
  },
  {
    id: 'page-bounds-gone',
    title: 'learners.page accepts an "after" and an "upTo" that no longer exist.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: numbered(9) });
      const order = await walkLearners(repositories, { limit: 100 });
      await host.deleteLearners([order[2]!, order[6]!, order[8]!]);
      const walk = (after?: string, upTo?: string) => walkLearners(repositories, { limit: 2, after, upTo });
      assertEqual(
        await walk(order[2]),
        [3, 4, 5, 7].map((i) => order[i]),
        'Everyone after a deleted learner',
      );
      assertEqual(
        await walk(undefined, order[6]),
        [0, 1, 3, 4, 5].map((i) => order[i]),
        'Everyone up to a deleted learner',
      );
      assertEqual(await walk(order[2], order[6]), order.slice(3, 6), 'Everyone between two deleted learners');
      assertEqual(await walk(order[8]), [], 'Everyone after the last learner, who was deleted');
    },
  },
  {
    id: 'page-coming-and-going',
    title: 'learners.page neither skips nor repeats a remaining learner while others are added and deleted.',
    async check({ repositories, host }) {
      const stay = numbered(12, 'stay');
      await seedHost({ host }, { learners: [...stay, ...numbered(12, 'go')] });
      let i = 0;
      const found = await walkLearners(repositories, { limit: 3 }, async (page) => {
        const [leaving] = page.filter((id) => !id.startsWith('stay'));
        await host.deleteLearners([`go${String(i).padStart(6, '0')}`, ...(leaving === undefined ? [] : [leaving])]);
        await seedHost({ host }, { learners: [`come${i}`, `zcome${i}`].slice(0, i < 5 ? 2 : 0) });
        i++;
      });
      assertSameItems(
        found.filter((id) => id.startsWith('stay')),
        stay,
        'The remaining learners',
      );
      assertEqual(new Set(found).size, found.length, 'The number of distinct learners that were returned');
    },
  },
];
