import { assert, assertEqual, assertSameItems } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning, releasing } from '../diffs.js';
import { numbered, seedHost } from '../fixtures.js';
import { LOOKALIKES } from '../lookalikes.js';
import { writeDiffs } from '../store.js';
import { walkHolders } from '../walk.js';

/** Twelve learners: all hold an assignment by `k`, every second one also by `m`, every third one also by `n` on another course. */
async function prepared({ repositories, host }: CaseWorld): Promise<readonly string[]> {
  const ids = numbered(12);
  await seedHost({ host }, { learners: [...ids, 'nobody'], courses: ['c', 'd'] });
  const diffs = ids.map((id, i) =>
    assigning(id, ['c', 'k'], ...(i % 2 ? [] : [['c', 'm'] as const]), ...(i % 3 ? [] : [['d', 'n'] as const])),
  );
  await writeDiffs(repositories, ...diffs);
  return ids;
}

/** What `enrolments.holders` promises. */
export const enrolmentsHolders: readonly ContractCase[] = [
  {
    id: 'holders-any',
    title: 'enrolments.holders returns every learner who holds an assignment if no links are given.',
    async check(world) {
      const ids = await prepared(world);
      await world.host.enrolIndividually('nobody', 'c');
      await world.host.recordTraining('nobody', 'c', 'completed');
      for (const limit of [1, 5, 100]) {
        assertSameItems(await walkHolders(world.repositories, { limit }), ids, `The holders, ${limit} at a time`);
      }
    },
  },
  {
    id: 'holders-links',
    title: 'enrolments.holders returns the learners who hold an assignment by one of the links.',
    async check(world) {
      const ids = await prepared(world);
      for (const limit of [1, 3, 100]) {
        const walk = (...links: string[]) => walkHolders(world.repositories, { links, limit });
        assertSameItems(
          await walk('m'),
          ids.filter((_, i) => i % 2 === 0),
          'The holders by one link',
        );
        assertSameItems(
          await walk('n', 'unknown'),
          ids.filter((_, i) => i % 3 === 0),
          'The holders by another',
        );
        assertSameItems(await walk('unknown'), [], 'The holders by an unknown link');
      }
    },
  },
  {
    id: 'holders-each-once',
    title: 'enrolments.holders returns a learner once even if they hold several assignments by the links.',
    async check(world) {
      const ids = await prepared(world);
      for (const limit of [1, 2, 100]) {
        const found = await walkHolders(world.repositories, { links: ['n', 'm', 'k', 'm'], limit });
        assertSameItems(found, ids, `The holders, ${limit} at a time`);
      }
    },
  },
  {
    id: 'holders-no-links',
    title: 'enrolments.holders returns no learner for an empty list of links.',
    async check(world) {
      await prepared(world);
      assertEqual(await world.repositories.enrolments.holders({ links: [], limit: 100 }), [], 'The holders');
    },
  },
  {
    id: 'holders-limit',
    title: 'enrolments.holders returns at most as many learners as `limit` allows.',
    async check(world) {
      await prepared(world);
      for (const limit of [1, 4]) {
        for (const links of [undefined, ['k', 'm', 'n']]) {
          const { length } = await world.repositories.enrolments.holders({ ...(links && { links }), limit });
          assert(length > 0 && length <= limit, `It returned ${length} of 12 holders; the limit was ${limit}.`);
        }
      }
    },
  },
  {
    id: 'holders-bounds',
    title: 'enrolments.holders returns learners after "after" and up to "upTo", whether or not these ids exist.',
    async check(world) {
      const { repositories } = world;
      await prepared(world);
      for (const links of [undefined, ['k', 'm']]) {
        const order = await walkHolders(repositories, { ...(links && { links }), limit: 100 });
        for (const limit of [1, 4, 100]) {
          const walk = (after?: string, upTo?: string) =>
            walkHolders(repositories, { ...(links && { links }), limit, after, upTo });
          assertEqual(await walk(order[3]), order.slice(4), 'Everyone after the fourth');
          assertEqual(await walk(undefined, order[7]), order.slice(0, 8), 'Everyone up to the eighth');
          assertEqual(await walk(order[3], order[7]), order.slice(4, 8), 'Everyone between them');
          assertEqual(await walk(order[11]), [], 'Everyone after the last');
          assertEqual(await walk(order[7], order[3]), [], 'Everyone after one, up to an earlier one');
        }
      }
      const order = await walkHolders(repositories, { limit: 100 });
      const deleted = [order[3]!, order[7]!];
      await writeDiffs(repositories, ...deleted.map((id) => releasing(id, ['c', 'k'])));
      await world.host.deleteLearners(deleted);
      const left = await walkHolders(repositories, { links: ['k'], limit: 2, after: order[3]!, upTo: order[7]! });
      assertEqual(left, order.slice(4, 7), 'Everyone between two deleted learners');
    },
  },
  {
    id: 'holders-while-released',
    title: 'enrolments.holders skips no learner while returned ones are released, and repeats none while they are not.',
    async check(world) {
      const { repositories } = world;
      const ids = await prepared(world);
      const even = new Set(ids.filter((_, i) => i % 2 === 0));
      const found = await walkHolders(repositories, { links: ['k'], limit: 2 }, async (page) => {
        const released = page.filter((id) => even.has(id));
        if (released.length > 0) await writeDiffs(repositories, ...released.map((id) => releasing(id, ['c', 'k'])));
      });
      assertSameItems(found, ids, 'The holders');
      const left = await walkHolders(repositories, { links: ['k'], limit: 100 });
      assertSameItems(
        left,
        ids.filter((id) => !even.has(id)),
        'The holders after half of them were released',
      );
    },
  },
  {
    id: 'holders-vanished',
    title: 'enrolments.holders returns learners that the host has deleted.',
    async check(world) {
      const ids = await prepared(world);
      await world.host.deleteLearners(ids.slice(0, 6));
      assertSameItems(await walkHolders(world.repositories, { limit: 4 }), ids, 'The holders of anything');
      assertSameItems(await walkHolders(world.repositories, { links: ['k'], limit: 4 }), ids, 'The holders by a link');
    },
  },
  {
    id: 'holders-lookalikes',
    title: 'enrolments.holders distinguishes links and learners whose ids look alike.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: LOOKALIKES, courses: ['c'] });
      await writeDiffs(repositories, ...LOOKALIKES.map((id) => assigning(id, ['c', id])));
      for (const id of LOOKALIKES) {
        assertEqual(
          await walkHolders(repositories, { links: [id], limit: 2 }),
          [id],
          `The holders by ${JSON.stringify(id)}`,
        );
      }
    },
  },
  {
    id: 'holders-many-links',
    title: 'enrolments.holders accepts more links than a statement can have parameters.',
    async check(world) {
      const ids = await prepared(world);
      const links = [...numbered(70_000, 'x'), 'm'];
      assertSameItems(
        await walkHolders(world.repositories, { links, limit: 100 }),
        ids.filter((_, i) => i % 2 === 0),
        'The holders',
      );
    },
  },
];
