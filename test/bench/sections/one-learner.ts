import { compile, diff, type LearnerState } from '../../../src/core.js';
import { eachCall } from '../measure/calls.js';
import { coreDigest } from '../measure/core-run.js';
import { Digest, mustAgree } from '../measure/digest.js';
import { SCALE } from '../measure/scale.js';
import { duckDb } from '../peers/duckdb.js';
import { ivmView } from '../peers/ivm.js';
import { LowerBound } from '../peers/lower-bound.js';
import { pairsOf, SqlPeer } from '../peers/sql-peer.js';
import { atMost, microseconds, spread } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf, movedLearner } from '../workload/learners.js';
import { emptyHanded, settled } from '../workload/states.js';

/** How many results of db-ivm are compared. */
const CHECKED = 200;

/** The changes that follow when one learner's department, role and level change, in the core and in peers that support one learner. */
export async function run(): Promise<Findings> {
  const count = Math.min(10_000, SCALE.learners);
  const catalog = catalogOf(SCALE.segments, SCALE.links);
  const matcher = compile(catalog);
  const learners = Array.from({ length: count }, (_, i) => learnerOf(i));
  const held = settled(catalog, emptyHanded(learners));
  const moved = held.map((state, i): LearnerState => ({ ...state, learner: movedLearner(i) }));
  const bound = new LowerBound(catalog, matcher, moved);
  const one = (i: number) => [moved[i % count]!];

  const core = await eachCall(5_000, (i) => diff(matcher, one(i)));
  const least = await eachCall(5_000, (i) => bound.run(one(i), i % count));

  const view = await ivmView(catalog);
  view.change([], learners);
  for (let i = 0; i < CHECKED; i++) {
    const pairs = new Digest();
    pairs.addPairs(view.change([learners[i]!], [moved[i]!.learner!]));
    mustAgree(`learner ${i}`, '@tanstack/db-ivm', pairs.toString(), coreDigest(matcher, one(i)));
  }
  const ivm = await eachCall(500, (i) => view.change([learners[CHECKED + i]!], [moved[CHECKED + i]!.learner!]));

  const duck = new SqlPeer(await duckDb('one scan'), catalog);
  await duck.load(learners);
  await duck.full();
  await duck.load(moved.map(({ learner }) => learner!));
  const asked = new Digest();
  asked.addPairs(pairsOf(await duck.changesOf(learners[0]!.id)));
  mustAgree('learner 0', 'DuckDB', asked.toString(), coreDigest(matcher, one(0)));
  const database = await eachCall(8, (i) => duck.changesOf(learners[i]!.id));

  const rows = [
    ['smart-enrolments, core', core],
    ['lower bound', least],
    ['@tanstack/db-ivm', ivm],
    ['DuckDB, asked for this learner', database],
  ] as const;
  return {
    tables: [
      {
        title: "One learner's change",
        note: `Department, role and level change; among ${count.toLocaleString('en')} learners. In brackets the 5th and the 95th call in a hundred.`,
        columns: ['', 'a call, median', 'against the core'],
        rows: rows.map(([name, call]) => [
          name,
          spread(call, microseconds),
          `${(call.median / core.median).toPrecision(3)}×`,
        ]),
      },
    ],
    targets: [atMost("One learner's change in the core", 20, core, microseconds)],
    bars: [
      {
        title: "One learner's change",
        bars: rows.map(([name, { median }]) => ({ name, microseconds: median })),
      },
    ],
  };
}
