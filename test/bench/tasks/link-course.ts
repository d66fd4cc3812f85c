import { compile, diff } from '../../../src/core.js';
import type { Catalog, Learner, SmartEnrolments } from '../../../src/index.js';
import { contest, type Timing } from '../measure/contest.js';
import { SCALE } from '../measure/scale.js';
import { diffObjects, LinkBound } from '../peers/link-bound.js';
import { QUARTER, SPARE_COURSE } from '../workload/catalog.js';
import { learnerIndex, learnerOf } from '../workload/learners.js';
import { emptyHanded, settled } from '../workload/states.js';

const LINK = { id: 'link-spare', segmentId: QUARTER.id, courseId: SPARE_COURSE };

/** Repeatedly links a course to a quarter of all learners and unlinks it; also measures the cost of the result alone. */
export async function linkAndUnlink(
  smart: SmartEnrolments,
  catalog: Catalog,
  learners: readonly Learner[],
): Promise<{ readonly [Task in 'objects' | 'bound' | 'core' | 'preview' | 'link' | 'unlink']: Timing }> {
  const isMember = ({ profile }: Learner): boolean => profile.contractor === true;
  const people = learners.filter(isMember).map(({ id }) => id);
  const matcher = compile({ ...catalog, links: [...catalog.links, LINK] });
  const states = emptyHanded(people.map((id) => learnerOf(learnerIndex(id))));
  const bound = new LinkBound(settled(catalog, emptyHanded(learners)));
  const scope = { courses: [SPARE_COURSE] };
  const items = people.length;
  const [objects, bounded, core, preview, link, unlink] = await contest(SCALE.rounds, [
    { name: 'only building the diff objects of that', items, run: () => diffObjects(people, SPARE_COURSE, LINK.id) },
    { name: 'lower bound of linking it', items, run: () => bound.run(LINK, isMember) },
    { name: 'its diff in the core', items, run: () => diff(matcher, states, scope) },
    { name: 'preview of linking it', items, run: () => smart.preview({ type: 'link', link: LINK }) },
    { name: 'link a course', items, run: () => smart.apply({ type: 'link', link: LINK }) },
    { name: 'unlink it', items, run: () => smart.apply({ type: 'unlink', linkId: LINK.id }) },
  ]);
  return { objects: objects!, bound: bounded!, core: core!, preview: preview!, link: link!, unlink: unlink! };
}
