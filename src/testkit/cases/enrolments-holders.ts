import { holds, same, sameItems } from '../assert.js';
import { assigning, releasing } from '../diffs.js';
import { furnish, numbered } from '../furnish.js';
import { LOOKALIKES } from '../lookalikes.js';
import type { Promised, Stage } from '../promise.js';
import { writing } from '../store.js';
import { walkHolders } from '../walk.js';

/** Twelve learners: all hold an assignment by `k`, every second one also by `m`, every third one also by `n` on another course. */
async function prepared({ repositories, host }: Stage): Promise<readonly string[]> {
  const ids = numbered(12);
  await furnish({ host }, { learners: [...ids, 'nobody'], courses: ['c', 'd'] });
  const diffs = ids.map((id, i) =>
    assigning(id, ['c', 'k'], ...(i % 2 ? [] : [['c', 'm'] as const]), ...(i % 3 ? [] : [['d', 'n'] as const])),
  );
  await writing(repositories, ...diffs);
  return ids;
}

/** What `enrolments.holders` promises. */
export const enrolmentsHolders: readonly Promised[] = [
  {
    id: 'holders-any',
    title: 'enrolments.holders returns every learner who holds an assignment if no links are given.',
    async check(stage) {
      const ids = await prepared(stage);
      await stage.host.enrolIndividually('nobody', 'c');
      await stage.host.recordTraining('nobody', 'c', 'completed');
      for (const limit of [1, 5, 100]) {
        sameItems(await walkHolders(stage.repositories, { limit }), ids, `The holders, ${limit} at a time`);
      }
    },
  },
  {
    id: 'holders-links',
    title: 'enrolments.holders returns the learners who hold an assignment by one of the links.',
    async check(stage) {
      const ids = await prepared(stage);
      for (const limit of [1, 3, 100]) {
        const walk = (...links: string[]) => walkHolders(stage.repositories, { links, limit });
        sameItems(
          await walk('m'),
          ids.filter((_, i) => i % 2 === 0),
          'The holders by one link',
        );
        sameItems(
          await walk('n', 'unknown'),
          ids.filter((_, i) => i % 3 === 0),
          'The holders by another',
        );
        sameItems(await walk('unknown'), [], 'The holders by an unknown link');
      }
    },
  },
  {
    id: 'holders-each-once',
    title: 'enrolments.holders returns a learner once even if they hold several assignments by the links.',
    async check(stage) {
      const ids = await prepared(stage);
      for (const limit of [1, 2, 100]) {
        const found = await walkHolders(stage.repositories, { links: ['n', 'm', 'k', 'm'], limit });
        sameItems(found, ids, `The holders, ${limit} at a time`);
      }
    },
  },
  {
    id: 'holders-no-links',
    title: 'enrolments.holders returns no learner for an empty list of links.',
    async check(stage) {
      await prepared(stage);
      same(await stage.repositories.enrolments.holders({ links: [], limit: 100 }), [], 'The holders');
    },
  },
  {
    id: 'holders-limit',
    title: 'enrolments.holders returns at most as many learners as `limit` allows.',
    async check(stage) {
      await prepared(stage);
      for (const limit of [1, 4]) {
        for (const links of [undefined, ['k', 'm', 'n']]) {
          const { length } = await stage.repositories.enrolments.holders({ ...(links && { links }), limit });
          holds(length > 0 && length <= limit, `It returned ${length} of 12 holders; the limit was ${limit}.`);
        }
      }
    },
  },
  {
    id: 'holders-bounds',
    title: 'enrolments.holders returns learners after "after" and up to "upTo", whether or not these ids exist.',
    async check(stage) {
      const { repositories } = stage;
      await prepared(stage);
      for (const links of [undefined, ['k', 'm']]) {
        const order = await walkHolders(repositories, { ...(links && { links }), limit: 100 });
        for (const limit of [1, 4, 100]) {
          const walk = (after?: string, upTo?: string) =>
            walkHolders(repositories, { ...(links && { links }), limit, after, upTo });
          same(await walk(order[3]), order.slice(4), 'Everyone after the fourth');
          same(await walk(undefined, order[7]), order.slice(0, 8), 'Everyone up to the eighth');
          same(await walk(order[3], order[7]), order.slice(4, 8), 'Everyone between them');
          same(await walk(order[11]), [], 'Everyone after the last');
          same(await walk(order[7], order[3]), [], 'Everyone after one, up to an earlier one');
        }
      }
      const order = await walkHolders(repositories, { limit: 100 });
      const deleted = [order[3]!, order[7]!];
      await writing(repositories, ...deleted.map((id) => releasing(id, ['c', 'k'])));
      await stage.host.deleteLearners(deleted);
      const left = await walkHolders(repositories, { links: ['k'], limit: 2, after: order[3]!, upTo: order[7]! });
      same(left, order.slice(4, 7), 'Everyone between two deleted learners');
    },
  },
  {
    id: 'holders-while-released',
    title: 'enrolments.holders skips no learner while returned ones are released, and repeats none while they are not.',
    async check(stage) {
      const { repositories } = stage;
      const ids = await prepared(stage);
      const even = new Set(ids.filter((_, i) => i % 2 === 0));
      const found = await walkHolders(repositories, { links: ['k'], limit: 2 }, async (page) => {
        const released = page.filter((id) => even.has(id));
        if (released.length > 0) await writing(repositories, ...released.map((id) => releasing(id, ['c', 'k'])));
      });
      sameItems(found, ids, 'The holders');
      const left = await walkHolders(repositories, { links: ['k'], limit: 100 });
      sameItems(
        left,
        ids.filter((id) => !even.has(id)),
        'The holders after half of them were released',
      );
    },
  },
  {
    id: 'holders-vanished',
    title: 'enrolments.holders returns learners that the host has deleted.',
    async check(stage) {
      const ids = await prepared(stage);
      await stage.host.deleteLearners(ids.slice(0, 6));
      sameItems(await walkHolders(stage.repositories, { limit: 4 }), ids, 'The holders of anything');
      sameItems(await walkHolders(stage.repositories, { links: ['k'], limit: 4 }), ids, 'The holders by a link');
    },
  },
  {
    id: 'holders-lookalikes',
    title: 'enrolments.holders distinguishes links and learners whose ids look alike.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: LOOKALIKES, courses: ['c'] });
      await writing(repositories, ...LOOKALIKES.map((id) => assigning(id, ['c', id])));
      for (const id of LOOKALIKES) {
        same(await walkHolders(repositories, { links: [id], limit: 2 }), [id], `The holders by ${JSON.stringify(id)}`);
      }
    },
  },
  {
    id: 'holders-many-links',
    title: 'enrolments.holders accepts more links than a statement can have parameters.',
    async check(stage) {
      const ids = await prepared(stage);
      const links = [...numbered(70_000, 'x'), 'm'];
      sameItems(
        await walkHolders(stage.repositories, { links, limit: 100 }),
        ids.filter((_, i) => i % 2 === 0),
        'The holders',
      );
    },
  },
];
