import type { Learner, UnreadableHoldings, UnreadableLearner } from '../../model/learner.js';
import type { Rule } from '../../model/rule.js';
import type { LearnerQuery } from '../../repositories/repositories.js';
import { holds, same, sameItems } from '../assert.js';
import { assigning } from '../diffs.js';
import { facts } from '../facts.js';
import { furnish } from '../furnish.js';
import type { Promised, Stage } from '../promise.js';
import { readable } from '../readable.js';
import { writing } from '../store.js';
import { walkLearners } from '../walk.js';

const LEARNERS: readonly Learner[] = ['a', 'b', 'c', 'd'].map((id) => ({ id, profile: { site: `Bristol ${id}` } }));
const OTHERS = LEARNERS.filter(({ id }) => id !== 'b');

/** Learner `b` of four cannot be read. */
async function prepared({ host, makeUnreadable }: Stage): Promise<void> {
  await host.saveFields([{ id: 'site', type: 'text' }]);
  await host.saveLearners(LEARNERS);
  await makeUnreadable('b');
}

const isUnreadable = (row: object): row is UnreadableLearner | UnreadableHoldings => 'unreadable' in row;

/** Fails unless the row is an unreadable one, with a reason that contains no profile value. */
function checkRow(row: object | undefined, who: string): void {
  holds(row !== undefined && isUnreadable(row), `It did not return ${who} as unreadable.`);
  const { unreadable } = row;
  holds(typeof unreadable === 'string' && unreadable.trim() !== '', `It gave no reason why ${who} cannot be read.`);
  holds(!unreadable.includes('Bristol'), `The reason why ${who} cannot be read contains a profile value.`);
}

/** Fails unless `b` is unreadable and the others are returned as saved. */
function checkLearners(rows: readonly (Learner | UnreadableLearner)[]): void {
  checkRow(
    rows.find(({ id }) => id === 'b'),
    'the learner',
  );
  sameItems(facts(rows.filter(({ id }) => id !== 'b')), facts(OTHERS), 'The other learners');
}

const bristol: Rule = { field: 'site', op: 'startsWith', value: 'bristol' };
const HINTS: readonly Rule[] = [bristol, { not: bristol }, { field: 'site', op: 'blank' }, { all: [bristol, bristol] }];

/** What the repositories promise about rows that cannot be read. */
export const unreadable: readonly Promised[] = [
  {
    id: 'get-unreadable',
    title: 'learners.get returns a learner whose row cannot be read as unreadable, and the others as usual.',
    needs: 'makeUnreadable',
    async check(stage) {
      await prepared(stage);
      const { learners } = stage.repositories;
      const found = await learners.get(['a', 'b', 'c', 'd', 'unknown']);
      same(found.length, LEARNERS.length, 'How many learners are returned');
      checkLearners(found);
      await stage.repositories.transaction(['b'], async (inside) => {
        checkRow((await inside.learners.get(['b']))[0], 'the learner, in a transaction,');
      });
    },
  },
  {
    id: 'page-unreadable',
    title: 'learners.page returns a learner whose row cannot be read as unreadable, and the others as usual.',
    needs: 'makeUnreadable',
    async check(stage) {
      const { repositories, host } = stage;
      await host.saveLearners(LEARNERS);
      const order = await walkLearners(repositories, { limit: 10 });
      await prepared(stage);
      checkLearners(await repositories.learners.page({ limit: 10 }));
      for (const limit of [1, 2, 10]) {
        for (const idsOnly of [false, true]) {
          const what = `The order, ${limit} at a time${idsOnly ? ', ids alone' : ''}`;
          same(await walkLearners(repositories, { limit, ...(idsOnly && { idsOnly }) }), order, what);
        }
      }
    },
  },
  {
    id: 'matching-unreadable',
    title: 'learners.page returns a learner whose row cannot be read whatever the rule of `matching`.',
    needs: 'makeUnreadable',
    async check(stage) {
      await prepared(stage);
      for (const rule of HINTS) {
        const query: LearnerQuery = { limit: 2, matching: { rule, placedIn: [] } };
        for (const one of [query, { ...query, idsOnly: true }]) {
          const found = await walkLearners(stage.repositories, one);
          holds(found.includes('b'), `It left out the unreadable learner for ${JSON.stringify(one)}.`);
        }
      }
      const matching = { rule: bristol, placedIn: [] };
      checkLearners(await stage.repositories.learners.page({ limit: 10, matching }));
    },
  },
  {
    id: 'read-unreadable',
    title:
      'enrolments.read returns holdings that cannot be read as unreadable, on any course, and the others as usual.',
    needs: 'makeHoldingsUnreadable',
    async check(stage) {
      const { repositories, host } = stage;
      await furnish({ host }, { learners: ['a', 'b', 'c'], courses: ['c', 'd'] });
      await writing(repositories, assigning('a', ['c', 'k']), assigning('b', ['c', 'k']));
      await stage.makeHoldingsUnreadable('b');
      for (const options of [undefined, { courses: ['c'] }, { courses: ['d', 'c'] }]) {
        const rows = await repositories.enrolments.read(['a', 'b', 'c'], options);
        checkRow(
          rows.find(({ learnerId }) => learnerId === 'b'),
          'what the learner holds',
        );
        const others = readable(rows.filter(({ learnerId }) => learnerId !== 'b'));
        const held = others.flatMap(({ learnerId, assignments }) => assignments.map((one) => ({ learnerId, ...one })));
        same(held, [{ learnerId: 'a', courseId: 'c', linkId: 'k', segmentId: 's' }], 'What the others hold');
      }
    },
  },
];
