import { ended, holds, rejection, same, sameItems } from '../assert.js';
import { assigning, releasing } from '../diffs.js';
import { changing, committing, expecting, furnish } from '../furnish.js';
import type { Promised, Stage } from '../promise.js';
import { CONTEXT, readOne, writing } from '../store.js';
import { walkHolders } from '../walk.js';

/** One learner on a completed course. */
async function prepared(stage: Stage): Promise<void> {
  await furnish(stage, { learners: ['a', 'b', 'd'], courses: ['c', 'd'] });
  await writing(stage.repositories, assigning('a', ['c', 'k']));
  await stage.host.recordTraining('a', 'c', 'completed');
}

/** What `transaction` promises about reads and writes inside it: all or nothing, and the work sees its own writes. */
export const transactionWhole: readonly Promised[] = [
  {
    id: 'transaction-result',
    title: 'transaction runs its work, and resolves with the result of the work after it has ended.',
    async check(stage) {
      await furnish(stage, { learners: ['a'] });
      const result = { any: 'object' };
      let ended = false;
      const found = await stage.repositories.transaction(['a'], async ({ learners }) => {
        await learners.get(['a']);
        ended = true;
        return result;
      });
      holds(ended, 'It resolved before its work had ended.');
      holds(found === result, 'It resolved with something other than the result of its work.');
    },
  },
  {
    id: 'transaction-rejects',
    title: 'transaction rejects when its work rejects.',
    async check(stage) {
      await furnish(stage, { learners: ['a'] });
      const work = stage.repositories.transaction(['a'], () => Promise.reject(new Error('on purpose')));
      await rejection(work, 'It resolved although its work rejected.');
    },
  },
  {
    id: 'transaction-commits',
    title: 'transaction has stored everything that its work wrote, visible to every client, once it resolves.',
    async check(stage) {
      await prepared(stage);
      await stage.repositories.transaction(['a', 'b', 'd'], async ({ enrolments }) => {
        await enrolments.write([assigning('b', ['c', 'k'])], CONTEXT);
        await enrolments.write([releasing('a', ['c', 'k'], 'archive'), assigning('d', ['d', 'k'])], CONTEXT);
      });
      for (const { repositories, host } of [stage, await stage.another()]) {
        for (const id of ['b', 'd']) {
          same((await readOne(repositories, id)).assignments.length, 1, 'The assignments that started');
        }
        same((await readOne(repositories, 'a')).assignments, [], 'The assignments that ended');
        same(await host.archived('a'), ['c'], 'The archived records');
      }
    },
  },
  {
    id: 'transaction-undoes-writes',
    title: 'transaction stores nothing that its work wrote if the work rejects, training records included.',
    async check(stage) {
      await prepared(stage);
      const before = await readOne(stage.repositories, 'a');
      const work = stage.repositories.transaction(['a', 'b'], async ({ enrolments }) => {
        await enrolments.write([releasing('a', ['c', 'k'], 'archive')], CONTEXT);
        await enrolments.write([assigning('b', ['d', 'k'])], CONTEXT);
        throw new Error('on purpose');
      });
      await ended(work);
      for (const { repositories, host } of [stage, await stage.another()]) {
        same(await readOne(repositories, 'a'), before, 'What the first learner holds');
        same((await readOne(repositories, 'b')).assignments, [], 'What the second learner holds');
        same(await host.archived('a'), [], 'The archived records');
        same(await walkHolders(repositories, { limit: 9 }), ['a'], 'The holders');
      }
    },
  },
  {
    id: 'transaction-undoes-settled',
    title: 'transaction records nothing as settled if its work rejects.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['a'] });
      const ranges = [{ pass: 'audience' } as const];
      const left = await committing(repositories, {}, { links: ['k'], courses: ['c'], ranges });
      const before = structuredClone(await repositories.catalog.load());
      const work = repositories.transaction(['a'], async ({ catalog }) => {
        await catalog.settled({ operation: left.operation.id, range: { pass: 'audience', after: 'l' }, done: true });
        throw new Error('on purpose');
      });
      await ended(work);
      same(await repositories.catalog.load(), before, 'The catalog');
    },
  },
  {
    id: 'transaction-undoes-commit',
    title: 'transaction commits no catalog change if its work rejects.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['a'] });
      const before = structuredClone(await repositories.catalog.load());
      const work = repositories.transaction(['a'], async ({ catalog }) => {
        const { revision: expected } = await catalog.load();
        const change = changing({ saveSegments: [{ id: 's', title: 'S' }] });
        await catalog.commit(change, expecting(expected, { links: ['k'] }));
        throw new Error('on purpose');
      });
      await ended(work);
      same(await repositories.catalog.load(), before, 'The catalog');
    },
  },
  {
    id: 'transaction-sees-writes',
    title: 'transaction lets its work read what it has just written.',
    async check(stage) {
      await prepared(stage);
      await stage.repositories.transaction(['a', 'b'], async (inside) => {
        await inside.enrolments.write([assigning('b', ['d', 'k']), releasing('a', ['c', 'k'], 'archive')], CONTEXT);
        same(
          (await readOne(inside, 'b')).assignments,
          [{ courseId: 'd', linkId: 'k', segmentId: 's' }],
          'The assignments that started',
        );
        const { assignments, training } = await readOne(inside, 'a');
        same([assignments, training], [[], []], 'The assignments and training records after the release');
      });
    },
  },
  {
    id: 'transaction-sees-holders',
    title: 'transaction lets its work find the holders as it has just written them.',
    async check(stage) {
      await prepared(stage);
      await writing(stage.repositories, assigning('d', ['c', 'k']));
      await stage.repositories.transaction(['a', 'b'], async (inside) => {
        await inside.enrolments.write([assigning('b', ['d', 'k']), releasing('a', ['c', 'k'])], CONTEXT);
        sameItems(await walkHolders(inside, { links: ['k'], limit: 1 }), ['b', 'd'], 'The holders by a link');
        sameItems(await walkHolders(inside, { limit: 1 }), ['b', 'd'], 'The holders of anything');
      });
    },
  },
  {
    id: 'transaction-sees-catalog',
    title: 'transaction lets its work load the catalog as it has just committed and settled it.',
    async check({ repositories, host }) {
      await furnish({ host }, { learners: ['a'] });
      await repositories.transaction(['a'], async (inside) => {
        const work = await committing(inside, { saveSegments: [{ id: 's', title: 'S' }] }, { links: ['k'] });
        const { segments, unsettled } = await inside.catalog.load();
        same([segments.length, unsettled], [1, [work]], 'What was committed');
        const range = { pass: 'audience', after: 'l' } as const;
        await inside.catalog.settled({ operation: work.operation.id, range, done: false });
        const moved = [{ ...work, ranges: [{ pass: 'holders' }, range] }];
        same((await inside.catalog.load()).unsettled, moved, 'What was settled');
      });
    },
  },
];
