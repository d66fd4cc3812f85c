import type { Repositories } from '../../repositories/repositories.js';
import { assert, settled } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { numbered, seedHost } from '../fixtures.js';
import { gate } from '../gate.js';
import { settlesSoon } from '../time-limit.js';

/** Starts a second transaction while a first one runs, and fails if the second one does not wait for the first. */
async function alone(
  [first, second]: readonly [Repositories, Repositories],
  ids: readonly string[],
  otherIds: readonly string[],
): Promise<void> {
  const started = gate();
  const release = gate();
  let running = false;
  let overlapped = false;
  const one = first.transaction(ids, async () => {
    running = true;
    started.open();
    await release.opened;
    running = false;
  });
  await started.opened;
  const other = second.transaction(otherIds, async () => {
    overlapped ||= running;
  });
  await settlesSoon(other);
  release.open();
  await Promise.all([one, other]);
  assert(!overlapped, 'Two transactions on the same learner ran at the same time.');
}

const both = ({ repositories }: CaseWorld) => [repositories, repositories] as const;

/** What `transaction` promises about concurrent transactions: exclusive access to its learners, and no deadlock. */
export const transactionAlone: readonly ContractCase[] = [
  {
    id: 'alone-on-a-learner',
    title: 'transaction runs its work only while no other transaction on any of its learners runs.',
    async check(world) {
      await seedHost(world, { learners: ['a', 'b', 'd'] });
      await alone(both(world), ['a', 'b'], ['b', 'd']);
      await alone(both(world), ['d'], ['b', 'a', 'd']);
    },
  },
  {
    id: 'alone-among-clients',
    title: 'transaction has exclusive access to its learners among all clients of the storage.',
    async check(world) {
      await seedHost(world, { learners: ['a', 'b'] });
      const other = await world.another();
      await alone([world.repositories, other.repositories], ['a', 'b'], ['a', 'b']);
      await alone([other.repositories, world.repositories], ['a', 'b'], ['a', 'b']);
    },
  },
  {
    id: 'alone-on-nobody-known',
    title:
      'transaction has exclusive access to an id even if the host has no such learner and nothing is stored for it.',
    async check(world) {
      await seedHost(world, { learners: ['a'] });
      await alone(both(world), ['vanished'], ['vanished']);
    },
  },
  {
    id: 'alone-no-more',
    title: 'transaction releases its learners when it ends, whether it resolves or rejects.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a'] });
      await repositories.transaction(['a'], async () => undefined);
      const failing = repositories.transaction(['a'], async ({ catalog }) => {
        await catalog.load();
        throw new Error('on purpose');
      });
      await settled(failing);
      await repositories.transaction(['a'], async () => undefined);
    },
  },
  {
    id: 'ends-whatever-the-order',
    title: 'transaction ends whatever the order of its ids and of those of concurrent transactions.',
    async check({ repositories, host, another }) {
      const ids = numbered(6);
      await seedHost({ host }, { learners: ids });
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
    title: 'transaction ends while transactions on other learners run.',
    async check({ repositories, host, another }) {
      const ids = numbered(20);
      await seedHost({ host }, { learners: ids });
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
    title: 'transaction accepts an id that is listed twice.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a', 'b'] });
      await repositories.transaction(['a', 'b', 'a', 'a'], async () => undefined);
    },
  },
  {
    id: 'ends-with-no-ids',
    title: 'transaction accepts an empty list of ids.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a'] });
      await repositories.transaction([], async ({ catalog }) => catalog.load());
    },
  },
  {
    id: 'ends-with-many-ids',
    title: 'transaction accepts as many ids as a batch may have learners.',
    async check({ repositories }) {
      await repositories.transaction(numbered(10_000), async ({ catalog }) => catalog.load());
    },
  },
];
