import type { Learner } from '../../model/learner.js';
import { assertEqual, assertSameItems } from '../assert.js';
import type { ContractCase } from '../contract-case.js';
import { normalised } from '../normalised.js';
import { EVERYTHING } from './learners-get.js';

/** Not in the order of ids, and one of them twice. */
const IMPORTED: readonly Learner[] = [...EVERYTHING].reverse().concat(EVERYTHING.slice(0, 1));

/** What `learners.asStored` promises; a store without it promises to store learners unchanged. */
export const learnersAsStored: readonly ContractCase[] = [
  {
    id: 'as-stored',
    title:
      'learners.asStored returns the learners in the same order as learners.get returns them once stored; without it, they are stored unchanged.',
    async check({ repositories: { learners }, host }) {
      const stored = (await learners.asStored?.(IMPORTED)) ?? IMPORTED;
      const ids = stored.map(({ id }) => id);
      assertSameItems(await learners.get(ids), [], 'The learners before they are stored');
      await host.saveLearners(EVERYTHING);
      const found = new Map((await learners.get(ids)).map((learner) => [learner.id, learner]));
      assertEqual(
        normalised(stored),
        normalised(ids.flatMap((id) => found.get(id) ?? [])),
        'The learners as they would be stored',
      );
      assertEqual(stored.length, IMPORTED.length, 'How many learners are returned');
    },
  },
];
