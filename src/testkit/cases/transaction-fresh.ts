import type { Repositories } from '../../repositories/repositories.js';
import { assert, assertEqual } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning } from '../diffs.js';
import { commitChange, seedHost } from '../fixtures.js';
import { gate } from '../gate.js';
import { readable } from '../readable.js';
import { CONTEXT, readHoldings } from '../store.js';
import { settlesSoon } from '../time-limit.js';

/**
 * Makes one transaction wait for another on the same learner while `meanwhile` runs. Returns what the waiting one reads, and whether
 * `meanwhile` had ended before the first one did (`mustSee`): only then must the second one see its effect.
 */
async function waiting<T>(
  { repositories }: CaseWorld,
  work: (inside: Repositories) => Promise<void>,
  meanwhile: () => Promise<unknown>,
  read: (inside: Repositories) => Promise<T>,
): Promise<{ readonly found: T; readonly mustSee: boolean }> {
  const started = gate();
  const release = gate();
  const first = repositories.transaction(['a'], async (inside) => {
    started.open();
    await release.opened;
    await work(inside);
  });
  await started.opened;
  const second = repositories.transaction(['a'], read);
  await settlesSoon(second);
  const running = meanwhile();
  const mustSee = await settlesSoon(running);
  release.open();
  const [found] = await Promise.all([second, first, running]);
  return { found, mustSee };
}

const nothing = async () => undefined;

/** What `transaction` promises about data that others committed before it received its locks. */
export const transactionFresh: readonly ContractCase[] = [
  {
    id: 'fresh-holdings',
    title: 'transaction reads what the transaction that it waited for has written.',
    async check(world) {
      await seedHost(world, { learners: ['a'], courses: ['c'] });
      const write = (inside: Repositories) => inside.enrolments.write([assigning('a', ['c', 'k'])], CONTEXT);
      const { found } = await waiting(world, write, nothing, (inside) => readHoldings(inside, 'a'));
      assertEqual(found.assignments, [{ courseId: 'c', linkId: 'k', segmentId: 's' }], 'What the learner holds');
    },
  },
  {
    id: 'fresh-learners',
    title: 'transaction reads facts of learners that were stored while it waited for its locks.',
    async check(world) {
      await seedHost(world, { learners: ['a'] });
      const save = () => world.host.saveLearners([{ id: 'a', profile: { site: 'Leeds' } }]);
      const { found, mustSee } = await waiting(world, nothing, save, async ({ learners }) =>
        readable(await learners.get(['a'])),
      );
      const { site } = found[0]!.profile;
      assert(!mustSee || site === 'Leeds', 'It read the old profile.');
    },
  },
  {
    id: 'fresh-catalog',
    title: 'transaction loads the catalog that was committed while it waited for its locks.',
    async check(world) {
      await seedHost(world, { learners: ['a'] });
      let revision: number | undefined;
      const commit = async () => {
        ({
          operation: { revision },
        } = await commitChange(world.repositories, { saveSegments: [{ id: 's', title: 'S' }] }));
      };
      const { found, mustSee } = await waiting(world, nothing, commit, ({ catalog }) => catalog.load());
      assert(
        !mustSee || found.revision === revision,
        `It loaded revision ${found.revision}, but revision ${revision} was committed.`,
      );
    },
  },
];
