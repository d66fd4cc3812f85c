import { assertEqual, assertSameItems } from '../assert.js';
import type { CaseWorld, ContractCase } from '../contract-case.js';
import { assigning, toAssignment } from '../diffs.js';
import { commitChange, seedHost } from '../fixtures.js';
import { LONG, RAW } from '../lookalikes.js';
import { readHoldings, writeDiffs } from '../store.js';
import { walkHolders, walkLearners } from '../walk.js';

/** Stores these ids wherever an id is allowed, and checks that they are read back unchanged. */
async function everywhere({ repositories, host }: CaseWorld, ids: readonly string[]): Promise<void> {
  await seedHost({ host }, { learners: ids, courses: ids });
  const saveLinks = ids.map((id) => ({ id, segmentId: id, courseId: id }));
  await commitChange(
    repositories,
    { saveSegments: ids.map((id) => ({ id, title: id })), saveLinks },
    {
      ...{ links: ids, courses: ids },
      ranges: ids.map((upTo) => ({ pass: 'holders', after: ids[0]!, upTo })),
    },
  );
  await writeDiffs(repositories, ...ids.map((id) => assigning(id, [id, id])));
  const { courses, segments, links, unsettled } = await repositories.catalog.load();
  assertSameItems(
    courses.map(({ id }) => id),
    ids,
    'The courses',
  );
  assertSameItems(
    segments.map(({ id }) => id),
    ids,
    'The segments',
  );
  assertSameItems(links, saveLinks, 'The links');
  assertEqual([unsettled[0]?.links, unsettled[0]?.ranges.map(({ upTo }) => upTo)], [ids, ids], 'The unsettled work');
  const order = await walkLearners(repositories, { limit: 2 });
  assertSameItems(order, ids, 'The learners');
  assertEqual(await walkHolders(repositories, { limit: 2 }), order, 'The holders, in the same order');
  for (const id of ids) {
    assertEqual((await readHoldings(repositories, id)).assignments, [toAssignment([id, id])], 'What a learner holds');
    assertEqual(await walkHolders(repositories, { links: [id], limit: 2 }), [id], 'The holders by a link');
    assertEqual(
      (await repositories.learners.get([id])).map((learner) => learner.id),
      [id],
      'The learner',
    );
  }
}

/** What all methods promise about ids: any string of up to 1,000 characters is an id. */
export const ids: readonly ContractCase[] = [
  {
    id: 'ids-long',
    title: 'Every method takes ids of 1,000 characters, and distinguishes ids that differ only in the last character.',
    check: (world) => everywhere(world, LONG),
  },
  {
    id: 'ids-raw',
    title: 'Every method takes ids with NUL and other control characters, and with half of a surrogate pair.',
    check: (world) => everywhere(world, RAW),
  },
];
