import type { Repositories } from '../../repositories/repositories.js';
import { ended, holds } from '../assert.js';
import { furnish, numbered } from '../furnish.js';
import { gate } from '../gate.js';
import { settlesSoon } from '../limit.js';
import type { Promised, Stage } from '../promise.js';

/** Begins a transaction on some learners while one on others runs, and fails if the second runs beside the first. */
async function alone(
  [first, second]: readonly [Repositories, Repositories],
  ids: readonly string[],
  otherIds: readonly string[],
): Promise<void> {
  const begun = gate();
  const goOn = gate();
  let running = false;
  let met = false;
  const one = first.transaction(ids, async () => {
    running = true;
    begun.open();
    await goOn.opened;
    running = false;
  });
  await begun.opened;
  const other = second.transaction(otherIds, async () => {
    met ||= running;
  });
  await settlesSoon(other);
  goOn.open();
  await Promise.all([one, other]);
  holds(!met, 'It ran while another transaction on the same learner was running.');
}

const both = ({ repositories }: Stage) => [repositories, repositories] as const;

/** What a transaction promises of others: alone on its learners, and never for ever. */
export const transactionAlone: readonly Promised[] = [
  {
    id: 'alone-on-a-learner',
    title: 'transaction runs its work while no other transaction on any of its learners runs.',
    async check(stage) {
      await furnish(stage, { learners: ['a', 'b', 'd'] });
      await alone(both(stage), ['a', 'b'], ['b', 'd']);
      await alone(both(stage), ['d'], ['b', 'a', 'd']);
    },
  },
  {
    id: 'alone-among-clients',
    title: 'transaction is alone on its learners among all clients of the storage.',
    async check(stage) {
      await furnish(stage, { learners: ['a', 'b'] });
      const other = await stage.another();
      await alone([stage.repositories, other.repositories], ['a', 'b'], ['a', 'b']);
      await alone([other.repositories, stage.repositories], ['a', 'b'], ['a', 'b']);
    },
  },
  {
    id: 'alone-on-nobody-known',
    title:
      'transaction is alone on its learners even if the host has nobody of that id, and nothing is stored of them.',
    async check(stage) {
      await furnish(stage, { learners: ['a'] });
      await alone(both(stage), ['vanished'], ['vanished']);
    },
  },
  {
    id: 'alone-no-more',
    title: 'transaction gives its learners free when it ends, however it ends.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['a'] });
      await repositories.transaction(['a'], async () => undefined);
      const failing = repositories.transaction(['a'], async ({ catalog }) => {
        await catalog.load();
        throw new Error('on purpose');
      });
      await ended(failing);
      await repositories.transaction(['a'], async () => undefined);
    },
  },
  {
    id: 'ends-whatever-the-order',
    title: 'transaction comes to an end whatever the order of its ids, and of those of others.',
    async check({ repositories, host, another }) {
      const ids = numbered(6);
      await furnish({ host }, { learners: ids });
      const clients = [repositories, (await another()).repositories];
      const turns = ids.map((_, i) => [...ids.slice(i), ...ids.slice(0, i)]);
      const orders = [...turns, ...turns.map((turn) => [...turn].reverse())];
      await Promise.all(
        orders.map((order, i) =>
          clients[i % 2]!.transaction(order, async ({ enrolments }) => {
            await enrolments.read(order);
          }),
        ),
      );
    },
  },
  {
    id: 'ends-beside-others',
    title: 'transaction comes to an end beside transactions on other learners.',
    async check({ repositories, host, another }) {
      const ids = numbered(20);
      await furnish({ host }, { learners: ids });
      const clients = [repositories, (await another()).repositories];
      const all = ids.map((id, i) =>
        clients[i % 2]!.transaction([id], async ({ catalog, enrolments }) => {
          await catalog.load();
          await enrolments.read([id]);
        }),
      );
      await Promise.all(all);
    },
  },
  {
    id: 'ends-with-ids-twice',
    title: 'transaction takes an id that is named twice.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['a', 'b'] });
      await repositories.transaction(['a', 'b', 'a', 'a'], async () => undefined);
    },
  },
  {
    id: 'ends-with-no-ids',
    title: 'transaction takes no ids at all.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['a'] });
      await repositories.transaction([], async ({ catalog }) => catalog.load());
    },
  },
  {
    id: 'ends-with-many-ids',
    title: 'transaction takes as many ids as a batch may have learners.',
    async check({ repositories }) {
      await repositories.transaction(numbered(10_000), async ({ catalog }) => catalog.load());
    },
  },
];
