import type { Learner, UnreadableHoldings, UnreadableLearner } from '../../model/learner.js';
import type { Rule } from '../../model/rule.js';
import type { LearnerQuery } from '../../repositories/repositories.js';
import { assert, assertEqual, assertSameItems } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning } from '../diffs.js';
import { seedHost } from '../fixtures.js';
import { normalised } from '../normalised.js';
import { readable } from '../readable.js';
import { writeDiffs } from '../store.js';
import { walkLearners } from '../walk.js';

const LEARNERS: readonly Learner[] = ['a', 'b', 'c', 'd'].map((id) => ({ id, profile: { site: `Bristol ${id}` } }));
const OTHERS = LEARNERS.filter(({ id }) => id !== 'b');

/** Learner `b` of four cannot be read. */
async function prepared({ host, makeUnreadable }: CaseWorld): Promise<void> {
  await host.saveFields([{ id: 'site', type: 'text' }]);
  await host.saveLearners(LEARNERS);
  await makeUnreadable('b');
}

const isUnreadable = (row: object): row is UnreadableLearner | UnreadableHoldings => 'unreadable' in row;

/** Fails unless the row is an unreadable one, with a reason that contains no profile value. */
function checkRow(row: object | undefined, who: string): void {
  assert(row !== undefined && isUnreadable(row), `It did not return ${who} as unreadable.`);
  const { unreadable } = row;
  assert(typeof unreadable === 'string' && unreadable.trim() !== '', `It gave no reason why ${who} cannot be read.`);
  assert(!unreadable.includes('Bristol'), `The reason why ${who} cannot be read contains a profile value.`);
}

/** Fails unless `b` is unreadable and the others are returned as saved. */
function checkLearners(rows: readonly (Learner | UnreadableLearner)[]): void {
  checkRow(
    rows.find(({ id }) => id === 'b'),
    'the learner',
  );
  assertSameItems(normalised(rows.filter(({ id }) => id !== 'b')), normalised(OTHERS), 'The other learners');
}

const bristol: Rule = { field: 'site', op: 'startsWith', value: 'bristol' };
const HINTS: readonly Rule[] = [bristol, { not: bristol }, { field: 'site', op: 'blank' }, { all: [bristol, bristol] }];

/** What the repositories promise about rows that cannot be read. */
export const unreadable: readonly ContractCase[] = [
  {
    id: 'get-unreadable',
    title: 'learners.get returns a learner whose row cannot be read as unreadable, and the others as usual.',
    needs: 'makeUnreadable',
    async check(world) {
      await prepared(world);
      const { learners } = world.repositories;
      const found = await learners.get(['a', 'b', 'c', 'd', 'unknown']);
      assertEqual(found.length, LEARNERS.length, 'How many learners are returned');
      checkLearners(found);
      await world.repositories.transaction(['b'], async (inside) => {
        checkRow((await inside.learners.get(['b']))[0], 'the learner, in a transaction,');
      });
    },
  },
  {
    id: 'page-unreadable',
    title: 'learners.page returns a learner whose row cannot be read as unreadable, and the others as usual.',
    needs: 'makeUnreadable',
    async check(world) {
      const { repositories, host } = world;
      await host.saveLearners(LEARNERS);
      const order = await walkLearners(repositories, { limit: 10 });
      await prepared(world);
      checkLearners(await repositories.learners.page({ limit: 10 }));
      for (const limit of [1, 2, 10]) {
        for (const idsOnly of [false, true]) {
          const what = `The order, ${limit} at a time${idsOnly ? ', ids alone' : ''}`;
          assertEqual(await walkLearners(repositories, { limit, ...(idsOnly && { idsOnly }) }), order, what);
        }
      }
    },
  },
  {
    id: 'matching-unreadable',
    title: 'learners.page returns a learner whose row cannot be read whatever the rule of `matching`.',
    needs: 'makeUnreadable',
    async check(world) {
      await prepared(world);
      for (const rule of HINTS) {
        const query: LearnerQuery = { limit: 2, matching: { rule, placedIn: [] } };
        for (const one of [query, { ...query, idsOnly: true }]) {
          const found = await walkLearners(world.repositories, one);
          assert(found.includes('b'), `It left out the unreadable learner for ${JSON.stringify(one)}.`);
        }
      }
      const matching = { rule: bristol, placedIn: [] };
      checkLearners(await world.repositories.learners.page({ limit: 10, matching }));
    },
  },
  {
    id: 'read-unreadable',
    title:
      'enrolments.read returns holdings that cannot be read as unreadable, on any course, and the others as usual.',
    needs: 'makeHoldingsUnreadable',
    async check(world) {
      const { repositories, host } = world;
      await seedHost({ host }, { learners: ['a', 'b', 'c'], courses: ['c', 'd'] });
      await writeDiffs(repositories, assigning('a', ['c', 'k']), assigning('b', ['c', 'k']));
      await world.makeHoldingsUnreadable('b');
      for (const options of [undefined, { courses: ['c'] }, { courses: ['d', 'c'] }]) {
        const rows = await repositories.enrolments.read(['a', 'b', 'c'], options);
        checkRow(
          rows.find(({ learnerId }) => learnerId === 'b'),
          'what the learner holds',
        );
        const others = readable(rows.filter(({ learnerId }) => learnerId !== 'b'));
        const held = others.flatMap(({ learnerId, assignments }) => assignments.map((one) => ({ learnerId, ...one })));
        assertEqual(held, [{ learnerId: 'a', courseId: 'c', linkId: 'k', segmentId: 's' }], 'What the others hold');
      }
    },
  },
];
