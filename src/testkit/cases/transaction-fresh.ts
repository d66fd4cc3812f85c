import type { Repositories } from '../../repositories/repositories.js';
import { holds, same } from '../assert.js';
import { assigning } from '../diffs.js';
import { committing, furnish } from '../furnish.js';
import { gate } from '../gate.js';
import { settlesSoon } from '../limit.js';
import type { Promised, Stage } from '../promise.js';
import { readable } from '../readable.js';
import { CONTEXT, readOne } from '../store.js';

/**
 * Has one transaction wait for another on the same learner while `meanwhile` happens, and answers what the waiting one reads,
 * and whether `meanwhile` was over when the first one ended: only then is the second bound to see it.
 */
async function waiting<T>(
  { repositories }: Stage,
  work: (inside: Repositories) => Promise<void>,
  meanwhile: () => Promise<unknown>,
  read: (inside: Repositories) => Promise<T>,
): Promise<{ readonly found: T; readonly bound: boolean }> {
  const begun = gate();
  const goOn = gate();
  const first = repositories.transaction(['a'], async (inside) => {
    begun.open();
    await goOn.opened;
    await work(inside);
  });
  await begun.opened;
  const second = repositories.transaction(['a'], read);
  await settlesSoon(second);
  const happening = meanwhile();
  const bound = await settlesSoon(happening);
  goOn.open();
  const [found] = await Promise.all([second, first, happening]);
  return { found, bound };
}

const nothing = async () => undefined;

/** What a transaction promises of what others committed before its locks were granted. */
export const transactionFresh: readonly Promised[] = [
  {
    id: 'fresh-holdings',
    title: 'transaction reads inside what the transaction that it waited for has written.',
    async check(stage) {
      await furnish(stage, { learners: ['a'], courses: ['c'] });
      const write = (inside: Repositories) => inside.enrolments.write([assigning('a', ['c', 'k'])], CONTEXT);
      const { found } = await waiting(stage, write, nothing, (inside) => readOne(inside, 'a'));
      same(found.assignments, [{ courseId: 'c', linkId: 'k', segmentId: 's' }], 'What the learner holds');
    },
  },
  {
    id: 'fresh-learners',
    title: "transaction reads inside the learners' facts that were stored while it waited for its locks.",
    async check(stage) {
      await furnish(stage, { learners: ['a'] });
      const save = () => stage.host.saveLearners([{ id: 'a', profile: { site: 'Leeds' } }]);
      const { found, bound } = await waiting(stage, nothing, save, async ({ learners }) =>
        readable(await learners.get(['a'])),
      );
      const { site } = found[0]!.profile;
      holds(!bound || site === 'Leeds', 'It read the profile as it was before.');
    },
  },
  {
    id: 'fresh-catalog',
    title: 'transaction loads inside the catalog that was committed while it waited for its locks.',
    async check(stage) {
      await furnish(stage, { learners: ['a'] });
      let revision: number | undefined;
      const commit = async () => {
        ({
          operation: { revision },
        } = await committing(stage.repositories, { saveSegments: [{ id: 's', title: 'S' }] }));
      };
      const { found, bound } = await waiting(stage, nothing, commit, ({ catalog }) => catalog.load());
      holds(
        !bound || found.revision === revision,
        `It loaded revision ${found.revision} where ${revision} was committed.`,
      );
    },
  },
];
