import { assert, assertEqual, assertSameItems, rejectionOf, settled } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning, releasing } from '../diffs.js';
import { changeOf, commitChange, expecting, seedHost } from '../fixtures.js';
import { CONTEXT, readHoldings, writeDiffs } from '../store.js';
import { walkHolders } from '../walk.js';

/** One learner on a completed course. */
async function prepared(world: CaseWorld): Promise<void> {
  await seedHost(world, { learners: ['a', 'b', 'd'], courses: ['c', 'd'] });
  await writeDiffs(world.repositories, assigning('a', ['c', 'k']));
  await world.host.recordTraining('a', 'c', 'completed');
}

/** What `transaction` promises about reads and writes inside it: all or nothing, and the work sees its own writes. */
export const transactionWhole: readonly ContractCase[] = [
  {
    id: 'transaction-result',
    title: 'transaction runs its work, and resolves with the result of the work after it has ended.',
    async check(world) {
      await seedHost(world, { learners: ['a'] });
      const result = { any: 'object' };
      let ended = false;
      const found = await world.repositories.transaction(['a'], async ({ learners }) => {
        await learners.get(['a']);
        ended = true;
        return result;
      });
      assert(ended, 'It resolved before its work had ended.');
      assert(found === result, 'It resolved with something other than the result of its work.');
    },
  },
  {
    id: 'transaction-rejects',
    title: 'transaction rejects when its work rejects.',
    async check(world) {
      await seedHost(world, { learners: ['a'] });
      const work = world.repositories.transaction(['a'], () => Promise.reject(new Error('on purpose')));
      await rejectionOf(work, 'It resolved although its work rejected.');
    },
  },
  {
    id: 'transaction-commits',
    title: 'transaction has stored everything that its work wrote, visible to every client, once it resolves.',
    async check(world) {
      await prepared(world);
      await world.repositories.transaction(['a', 'b', 'd'], async ({ enrolments }) => {
        await enrolments.write([assigning('b', ['c', 'k'])], CONTEXT);
        await enrolments.write([releasing('a', ['c', 'k'], 'archive'), assigning('d', ['d', 'k'])], CONTEXT);
      });
      for (const { repositories, host } of [world, await world.another()]) {
        for (const id of ['b', 'd']) {
          assertEqual((await readHoldings(repositories, id)).assignments.length, 1, 'The assignments that started');
        }
        assertEqual((await readHoldings(repositories, 'a')).assignments, [], 'The assignments that ended');
        assertEqual(await host.archived('a'), ['c'], 'The archived records');
      }
    },
  },
  {
    id: 'transaction-undoes-writes',
    title: 'transaction stores nothing that its work wrote if the work rejects, training records included.',
    async check(world) {
      await prepared(world);
      const before = await readHoldings(world.repositories, 'a');
      const work = world.repositories.transaction(['a', 'b'], async ({ enrolments }) => {
        await enrolments.write([releasing('a', ['c', 'k'], 'archive')], CONTEXT);
        await enrolments.write([assigning('b', ['d', 'k'])], CONTEXT);
        throw new Error('on purpose');
      });
      await settled(work);
      for (const { repositories, host } of [world, await world.another()]) {
        assertEqual(await readHoldings(repositories, 'a'), before, 'What the first learner holds');
        assertEqual((await readHoldings(repositories, 'b')).assignments, [], 'What the second learner holds');
        assertEqual(await host.archived('a'), [], 'The archived records');
        assertEqual(await walkHolders(repositories, { limit: 9 }), ['a'], 'The holders');
      }
    },
  },
  {
    id: 'transaction-undoes-settled',
    title: 'transaction records nothing as settled if its work rejects.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a'] });
      const ranges = [{ pass: 'audience' } as const];
      const left = await commitChange(repositories, {}, { links: ['k'], courses: ['c'], ranges });
      const before = structuredClone(await repositories.catalog.load());
      const work = repositories.transaction(['a'], async ({ catalog }) => {
        await catalog.settled({ operation: left.operation.id, range: { pass: 'audience', after: 'l' }, done: true });
        throw new Error('on purpose');
      });
      await settled(work);
      assertEqual(await repositories.catalog.load(), before, 'The catalog');
    },
  },
  {
    id: 'transaction-undoes-commit',
    title: 'transaction commits no catalog change if its work rejects.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a'] });
      const before = structuredClone(await repositories.catalog.load());
      const work = repositories.transaction(['a'], async ({ catalog }) => {
        const { revision: expected } = await catalog.load();
        const change = changeOf({ saveSegments: [{ id: 's', title: 'S' }] });
        await catalog.commit(change, expecting(expected, { links: ['k'] }));
        throw new Error('on purpose');
      });
      await settled(work);
      assertEqual(await repositories.catalog.load(), before, 'The catalog');
    },
  },
  {
    id: 'transaction-sees-writes',
    title: 'transaction lets its work read what it has just written.',
    async check(world) {
      await prepared(world);
      await world.repositories.transaction(['a', 'b'], async (inside) => {
        await inside.enrolments.write([assigning('b', ['d', 'k']), releasing('a', ['c', 'k'], 'archive')], CONTEXT);
        assertEqual(
          (await readHoldings(inside, 'b')).assignments,
          [{ courseId: 'd', linkId: 'k', segmentId: 's' }],
          'The assignments that started',
        );
        const { assignments, training } = await readHoldings(inside, 'a');
        assertEqual([assignments, training], [[], []], 'The assignments and training records after the release');
      });
    },
  },
  {
    id: 'transaction-sees-holders',
    title: 'transaction lets its work find the holders as it has just written them.',
    async check(world) {
      await prepared(world);
      await writeDiffs(world.repositories, assigning('d', ['c', 'k']));
      await world.repositories.transaction(['a', 'b'], async (inside) => {
        await inside.enrolments.write([assigning('b', ['d', 'k']), releasing('a', ['c', 'k'])], CONTEXT);
        assertSameItems(await walkHolders(inside, { links: ['k'], limit: 1 }), ['b', 'd'], 'The holders by a link');
        assertSameItems(await walkHolders(inside, { limit: 1 }), ['b', 'd'], 'The holders of anything');
      });
    },
  },
  {
    id: 'transaction-sees-catalog',
    title: 'transaction lets its work load the catalog as it has just committed and settled it.',
    async check({ repositories, host }) {
      await seedHost({ host }, { learners: ['a'] });
      await repositories.transaction(['a'], async (inside) => {
        const work = await commitChange(inside, { saveSegments: [{ id: 's', title: 'S' }] }, { links: ['k'] });
        const { segments, unsettled } = await inside.catalog.load();
        assertEqual([segments.length, unsettled], [1, [work]], 'What was committed');
        const range = { pass: 'audience', after: 'l' } as const;
        await inside.catalog.settled({ operation: work.operation.id, range, done: false });
        const moved = [{ ...work, ranges: [{ pass: 'holders' }, range] }];
        assertEqual((await inside.catalog.load()).unsettled, moved, 'What was settled');
      });
    },
  },
];
