import { compile, type LearnerState } from '../../../src/core.js';
import { named } from '../measure/contest.js';
import { coreDigest } from '../measure/core-run.js';
import { Digest, mustAgree } from '../measure/digest.js';
import { SCALE } from '../measure/scale.js';
import { pairsOf, type SqlPeer } from '../peers/sql-peer.js';
import { barsOf, contestTable } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { CORE, ducksOver, everyone, load, noteOn, targetsOf } from '../tasks/everyone.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf, movedLearner } from '../workload/learners.js';
import { emptyHanded, settled } from '../workload/states.js';

/** All learners, if nothing changed, and if one profile in a hundred changed. */
export async function run(): Promise<Findings> {
  const catalog = catalogOf(SCALE.segments, SCALE.links);
  const matcher = compile(catalog);
  const held = settled(catalog, emptyHanded(Array.from({ length: SCALE.learners }, (_, i) => learnerOf(i))));
  const moved = held.map((state, i) => (i % 100 === 0 ? { ...state, learner: movedLearner(i) } : state));
  const ducks = await ducksOver(catalog);
  await load(ducks, held);
  for (const { peer } of ducks) await peer.full();
  const against = async (states: readonly LearnerState[]) => {
    for (const { name, peer } of ducks) mustAgree('no-op', name, await changes(peer), coreDigest(matcher, states));
    return everyone(catalog, matcher, states, ducks, (peer) => peer.changes());
  };
  const noop = await against(held);
  await load(ducks, moved);
  const few = await against(moved);
  const note = noteOn(held.reduce((sum, { assignments }) => sum + assignments.length, 0) / held.length);
  return {
    tables: [
      contestTable('Reconcile, nothing changed', note, noop.all, named(noop.all, CORE)),
      contestTable('Reconcile, one profile in a hundred changed', note, few.all, named(few.all, CORE)),
    ],
    targets: targetsOf('No-op reconcile', 10, noop, ducks),
    bars: [barsOf('Reconcile, nothing changed, a learner', noop.all)],
  };
}

async function changes(peer: SqlPeer): Promise<string> {
  const digest = new Digest();
  digest.addPairs(pairsOf(await peer.changes()));
  return digest.toString();
}
