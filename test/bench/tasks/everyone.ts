import type { Catalog, LearnerDiff, LearnerState, Matcher } from '../../../src/core.js';
import { type Contender, contest, named, ratio, type Timing } from '../measure/contest.js';
import { BATCH, coreRun } from '../measure/core-run.js';
import { SCALE } from '../measure/scale.js';
import { duckDb, type Formulation } from '../peers/duckdb.js';
import { LowerBound } from '../peers/lower-bound.js';
import { SqlPeer } from '../peers/sql-peer.js';
import { atMost, faster, times } from '../report/figures.js';
import type { Target } from '../report/findings.js';

export const [CORE, BOUND] = ['smart-enrolments', 'lower bound'];
const FORMULATIONS: readonly Formulation[] = ['a query a segment', 'one scan'];

/** DuckDB in each formulation, with these learners loaded. */
export interface Ducks {
  readonly name: string;
  readonly peer: SqlPeer;
}

export async function ducksOver(catalog: Catalog): Promise<readonly Ducks[]> {
  return Promise.all(
    FORMULATIONS.map(async (formulation) => ({
      name: `DuckDB, ${formulation}`,
      peer: new SqlPeer(await duckDb(formulation), catalog),
    })),
  );
}

/** Loads the learners of these states into each DuckDB. */
export async function load(ducks: readonly Ducks[], states: readonly LearnerState[]): Promise<void> {
  for (const { peer } of ducks) await peer.load(states.map(({ learner }) => learner!));
}

/** The timings of a task over all learners: all contenders in turns, and the core and its lower bound alone. */
export interface Timings {
  readonly all: readonly Timing[];
  readonly alone: readonly Timing[];
}

/** The factor by which the core and its bound run more rounds alone: they are quick, and their comparison needs precision. */
const MORE_ROUNDS = 5;

/** Times the core, the lower bound and each DuckDB over all learners; only these states are in memory. */
export async function everyone(
  catalog: Catalog,
  matcher: Matcher,
  states: readonly LearnerState[],
  ducks: readonly Ducks[],
  task: (peer: SqlPeer) => unknown,
): Promise<Timings> {
  const items = states.length;
  const bound = new LowerBound(catalog, matcher, states);
  const pair: Contender[] = [
    { name: CORE, items, run: () => coreRun(matcher, states) },
    { name: BOUND, items, run: () => boundRun(bound, states) },
  ];
  const peers = ducks.map(({ name, peer }): Contender => ({ name, items, run: () => task(peer) }));
  return {
    all: await contest(SCALE.rounds, [...pair, ...peers]),
    alone: await contest(MORE_ROUNDS * SCALE.rounds, pair),
  };
}

/** Runs the lower bound like the core: in batches, and consumes each batch before the next. */
export function boundRun(
  bound: LowerBound,
  states: readonly LearnerState[],
  consume: (diffs: readonly LearnerDiff[]) => void = () => {},
): void {
  for (let from = 0; from < states.length; from += BATCH) consume(bound.run(states.slice(from, from + BATCH), from));
}

export function noteOn(assigned: number): string {
  return `${SCALE.segments} segments, ${SCALE.links} links, ${assigned.toFixed(1)} assignments a learner. DuckDB uses all processors: CREATE TABLE AS of what is wanted, which leaves rows in a table, or anti-joins both ways of wanted and held. The core uses one and answers objects.`;
}

/** Targets: this many times faster than DuckDB in each formulation, and within twice the lower bound. */
export function targetsOf(what: string, goal: number, { all, alone }: Timings, ducks: readonly Ducks[]): Target[] {
  return [
    ...ducks.map(({ name }) => faster(`${what} against ${name}`, goal, named(all, name), named(all, CORE))),
    atMost(`${what} against the ${BOUND}`, 2, ratio(named(alone, CORE), named(alone, BOUND)), times),
  ];
}
