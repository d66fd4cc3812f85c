import { compile, diff } from '../../../src/core.js';
import type { Catalog, LearnerDiff, SmartEnrolments } from '../../../src/index.js';
import { contest, type Timing } from '../measure/contest.js';
import { SCALE } from '../measure/scale.js';
import { QUARTER, SPARE_COURSE } from '../workload/catalog.js';
import { learnerIndex, learnerOf } from '../workload/learners.js';
import { emptyHanded } from '../workload/states.js';

const LINK = { id: 'link-spare', segmentId: QUARTER.id, courseId: SPARE_COURSE };

/** Links a course to a quarter of all people and unlinks it, over and over; beside it what the answer alone costs. */
export async function linkAndUnlink(
  smart: SmartEnrolments,
  catalog: Catalog,
  people: readonly string[],
): Promise<{ readonly [Task in 'objects' | 'core' | 'preview' | 'link' | 'unlink']: Timing }> {
  const matcher = compile({ ...catalog, links: [...catalog.links, LINK] });
  const states = emptyHanded(people.map((id) => learnerOf(learnerIndex(id))));
  const scope = { courses: [SPARE_COURSE] };
  const items = people.length;
  const [objects, core, preview, link, unlink] = await contest(SCALE.rounds, [
    { name: 'only building the diff objects of that', items, run: () => diffObjects(people) },
    { name: 'its diff in the core', items, run: () => diff(matcher, states, scope) },
    { name: 'preview of linking it', items, run: () => smart.preview({ type: 'link', link: LINK }) },
    { name: 'link a course', items, run: () => smart.apply({ type: 'link', link: LINK }) },
    { name: 'unlink it', items, run: () => smart.apply({ type: 'unlink', linkId: LINK.id }) },
  ]);
  return { objects: objects!, core: core!, preview: preview!, link: link!, unlink: unlink! };
}

/** What linking one course answers for these people, and nothing else. */
function diffObjects(people: readonly string[]): LearnerDiff[] {
  return people.map((learnerId) => ({
    learnerId,
    assigned: [{ courseId: SPARE_COURSE, linkId: LINK.id }],
    released: [],
    enrolled: [{ courseId: SPARE_COURSE, training: 'start' }],
    unenrolled: [],
    kept: [],
  }));
}
