import { compile } from '../../../src/core.js';
import { named } from '../measure/contest.js';
import { coreDigest } from '../measure/core-run.js';
import { Digest, mustAgree } from '../measure/digest.js';
import { SCALE } from '../measure/scale.js';
import { LowerBound } from '../peers/lower-bound.js';
import { barsOf, contestTable } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { BOUND, boundRun, CORE, ducksOver, everyone, load, noteOn, targetsOf } from '../tasks/everyone.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf } from '../workload/learners.js';
import { emptyHanded } from '../workload/states.js';

/** All learners from empty: every assignment is an object, and each batch is consumed before the next. */
export async function run(): Promise<Findings> {
  const catalog = catalogOf(SCALE.segments, SCALE.links);
  const matcher = compile(catalog);
  const empty = emptyHanded(Array.from({ length: SCALE.learners }, (_, i) => learnerOf(i)));
  const expected = coreDigest(matcher, empty);
  const bound = new Digest();
  boundRun(new LowerBound(catalog, matcher, empty), empty, (diffs) => bound.addDiffs(diffs));
  mustAgree('full diff', BOUND, bound.toString(), expected);
  const ducks = await ducksOver(catalog);
  await load(ducks, empty);
  for (const { name, peer } of ducks) {
    await peer.full();
    mustAgree('full diff', name, await peer.digest(), expected);
  }
  const full = await everyone(catalog, matcher, empty, ducks, (peer) => peer.full());
  return {
    tables: [
      contestTable('Full diff from empty', noteOn(bound.assigned / empty.length), full.all, named(full.all, CORE)),
    ],
    targets: targetsOf('Full diff', 4, full, ducks),
    bars: [barsOf('Full diff from empty, a learner', full.all)],
  };
}
