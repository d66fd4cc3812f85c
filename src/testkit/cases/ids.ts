import { same, sameItems } from '../assert.js';
import { assigning, toAssignment } from '../diffs.js';
import { committing, furnish } from '../furnish.js';
import { LONG, RAW } from '../lookalikes.js';
import type { Promised, Stage } from '../promise.js';
import { readOne, writing } from '../store.js';
import { walkHolders, walkLearners } from '../walk.js';

/** Stores these ids wherever an id is allowed, and checks that they are read back unchanged. */
async function everywhere({ repositories, host }: Stage, ids: readonly string[]): Promise<void> {
  await furnish({ host }, { learners: ids, courses: ids });
  const saveLinks = ids.map((id) => ({ id, segmentId: id, courseId: id }));
  await committing(
    repositories,
    { saveSegments: ids.map((id) => ({ id, title: id })), saveLinks },
    {
      ...{ links: ids, courses: ids },
      ranges: ids.map((upTo) => ({ pass: 'holders', after: ids[0]!, upTo })),
    },
  );
  await writing(repositories, ...ids.map((id) => assigning(id, [id, id])));
  const { courses, segments, links, unsettled } = await repositories.catalog.load();
  sameItems(
    courses.map(({ id }) => id),
    ids,
    'The courses',
  );
  sameItems(
    segments.map(({ id }) => id),
    ids,
    'The segments',
  );
  sameItems(links, saveLinks, 'The links');
  same([unsettled[0]?.links, unsettled[0]?.ranges.map(({ upTo }) => upTo)], [ids, ids], 'The unsettled work');
  const order = await walkLearners(repositories, { limit: 2 });
  sameItems(order, ids, 'The learners');
  same(await walkHolders(repositories, { limit: 2 }), order, 'The holders, in the same order');
  for (const id of ids) {
    same((await readOne(repositories, id)).assignments, [toAssignment([id, id])], 'What a learner holds');
    same(await walkHolders(repositories, { links: [id], limit: 2 }), [id], 'The holders by a link');
    same(
      (await repositories.learners.get([id])).map((learner) => learner.id),
      [id],
      'The learner',
    );
  }
}

/** What all methods promise about ids: any string of up to 1,000 characters is an id. */
export const ids: readonly Promised[] = [
  {
    id: 'ids-long',
    title: 'Every method takes ids of 1,000 characters, and distinguishes ids that differ only in the last character.',
    check: (stage) => everywhere(stage, LONG),
  },
  {
    id: 'ids-raw',
    title: 'Every method takes ids with NUL and other control characters, and with half of a surrogate pair.',
    check: (stage) => everywhere(stage, RAW),
  },
];
