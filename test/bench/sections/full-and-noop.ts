import { compile, type LearnerState } from '../../../src/core.js';
import { contest, named, ratio, type Timing } from '../measure/contest.js';
import { coreDigest, coreRun } from '../measure/core-run.js';
import { Digest, mustAgree } from '../measure/digest.js';
import { SCALE } from '../measure/scale.js';
import { duckDb, type Formulation } from '../peers/duckdb.js';
import { LowerBound } from '../peers/lower-bound.js';
import { pairsOf, SqlPeer } from '../peers/sql-peer.js';
import { atMost, barsOf, contestTable, faster, times } from '../report/figures.js';
import type { Findings, Target } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf, movedLearner } from '../workload/learners.js';
import { emptyHanded, settled } from '../workload/states.js';

const [CORE, BOUND] = ['smart-enrolments', 'lower bound'];
const FORMULATIONS: readonly Formulation[] = ['a query a segment', 'one scan'];

/** Everyone at once: full diff from empty, nothing changed, one profile in a hundred changed; beside the lower bound and DuckDB. */
export async function run(): Promise<Findings> {
  const catalog = catalogOf(SCALE.segments, SCALE.links);
  const matcher = compile(catalog);
  const empty = emptyHanded(Array.from({ length: SCALE.learners }, (_, i) => learnerOf(i)));
  const held = settled(catalog, empty);
  const moved = held.map((state, i) => (i % 100 === 0 ? { ...state, learner: movedLearner(i) } : state));
  const ducks = await Promise.all(
    FORMULATIONS.map(async (formulation) => ({
      name: `DuckDB, ${formulation}`,
      peer: new SqlPeer(await duckDb(formulation), catalog),
    })),
  );
  const load = async (states: readonly LearnerState[]) => {
    for (const { peer } of ducks) await peer.load(states.map(({ learner }) => learner!));
  };
  await load(empty);
  for (const { name, peer } of ducks) {
    await peer.full();
    mustAgree('full diff', name, await peer.digest(), coreDigest(matcher, empty));
  }

  const against = async (states: readonly LearnerState[], task: (peer: SqlPeer) => unknown) => {
    const bound = new LowerBound(catalog, matcher, states);
    if (states === empty) mustAgree('full diff', BOUND, boundDigest(bound, states), coreDigest(matcher, states));
    else for (const { name, peer } of ducks) mustAgree('no-op', name, await changes(peer), coreDigest(matcher, states));
    const items = states.length;
    return contest(SCALE.rounds, [
      { name: CORE, items, run: () => coreRun(matcher, states) },
      { name: BOUND, items, run: () => boundRun(bound, states) },
      ...ducks.map(({ name, peer }) => ({ name, items, run: () => task(peer) })),
    ]);
  };
  const full = await against(empty, (peer) => peer.full());
  const noop = await against(held, (peer) => peer.changes());
  await load(moved);
  const few = await against(moved, (peer) => peer.changes());

  const assigned = held.reduce((sum, { assignments }) => sum + assignments.length, 0) / held.length;
  const note = `${SCALE.segments} segments, ${SCALE.links} links, ${assigned.toFixed(1)} assignments a learner. DuckDB uses all processors: CREATE TABLE AS of what is wanted, which leaves rows in a table, or anti-joins both ways of wanted and held. The core uses one and answers objects.`;
  const targets = (what: string, goal: number, timings: readonly Timing[]): Target[] => [
    ...ducks.map(({ name }) => faster(`${what} against ${name}`, goal, named(timings, name), named(timings, CORE))),
    atMost(`${what} against the ${BOUND}`, 2, ratio(named(timings, CORE), named(timings, BOUND)), times),
  ];
  return {
    tables: [
      contestTable('Full diff from empty', note, full, named(full, CORE)),
      contestTable('Reconcile, nothing changed', note, noop, named(noop, CORE)),
      contestTable('Reconcile, one profile in a hundred changed', note, few, named(few, CORE)),
    ],
    targets: [...targets('No-op reconcile', 10, noop), ...targets('Full diff', 4, full)],
    bars: [barsOf('Full diff from empty, a learner', full), barsOf('Reconcile, nothing changed, a learner', noop)],
  };
}

function boundRun(bound: LowerBound, states: readonly LearnerState[]): void {
  for (let from = 0; from < states.length; from += 1_000) bound.run(states.slice(from, from + 1_000), from);
}

function boundDigest(bound: LowerBound, states: readonly LearnerState[]): string {
  const digest = new Digest();
  digest.addDiffs(bound.run(states));
  return digest.toString();
}

async function changes(peer: SqlPeer): Promise<string> {
  const digest = new Digest();
  digest.addPairs(pairsOf(await peer.changes()));
  return digest.toString();
}
