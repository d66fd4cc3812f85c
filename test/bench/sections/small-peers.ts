import { type Catalog, compile } from '../../../src/core.js';
import { contest, named } from '../measure/contest.js';
import { coreDigest, coreRun } from '../measure/core-run.js';
import { Digest, linkIndex, mustAgree } from '../measure/digest.js';
import { SCALE } from '../measure/scale.js';
import { ivmView } from '../peers/ivm.js';
import { jsonRules } from '../peers/json-rules.js';
import { type Fold, foldedAlready, folding, naiveDiff } from '../peers/naive.js';
import { SqlPeer } from '../peers/sql-peer.js';
import { sqlite } from '../peers/sqlite.js';
import { barsOf, contestTable, faster } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerIndex, learnerOf } from '../workload/learners.js';
import { asRows, emptyHanded, settled } from '../workload/states.js';

const [CORE, ROWS] = ['smart-enrolments', 'smart-enrolments, every string its own'];
const [NAIVE, FOLDED] = ['naive loop', 'naive loop, folded beforehand'];
const [IVM, JSON_RULES] = ['@tanstack/db-ivm', 'json-rules-engine'];
const NOTE =
  'The core on everyone, the peers on fewer learners, since they are slow; all but the plain naive loop get values folded beforehand. db-ivm builds its whole view.';

/** Peers that are too slow for all learners, on fewer learners, beside the core on all learners; costs are per learner. */
export async function run(): Promise<Findings> {
  const ready = await prepare();
  await check(ready);
  const { matcher, all, allHeld, empty, held, rows, some, few, sql, sqliteName } = ready;
  const count = empty.length;
  const naive = (fold: Fold, states: typeof empty) => naiveDiff(ready.catalog, states, fold, () => {});
  const full = await contest(SCALE.rounds, [
    { name: CORE, items: all.length, run: () => coreRun(matcher, all) },
    { name: FOLDED, items: count, run: () => naive(foldedAlready, empty) },
    { name: NAIVE, items: some.length, run: () => naive(folding, empty.slice(0, some.length)) },
    { name: sqliteName, items: count, run: () => sql.full() },
    { name: IVM, items: some.length, run: async () => (await ivmView(ready.catalog)).change([], some) },
    { name: JSON_RULES, items: few.length, run: () => byRules(ready, empty) },
  ]);
  const noop = await contest(SCALE.rounds, [
    { name: CORE, items: all.length, run: () => coreRun(matcher, allHeld) },
    { name: ROWS, items: count, run: () => coreRun(matcher, rows) },
    { name: FOLDED, items: count, run: () => naive(foldedAlready, held) },
    { name: NAIVE, items: some.length, run: () => naive(folding, held.slice(0, some.length)) },
    { name: sqliteName, items: count, run: () => sql.changes() },
    { name: JSON_RULES, items: few.length, run: () => byRules(ready, held) },
  ]);
  const against = (what: string, goal: number, timings: typeof full, peer: string) =>
    faster(`A learner, ${what}, against ${peer}`, goal, named(timings, peer), named(timings, CORE));
  return {
    tables: [
      contestTable('Full diff from empty, fewer learners', NOTE, full, named(full, CORE)),
      contestTable('Reconcile, nothing changed, fewer learners', NOTE, noop, named(noop, CORE)),
    ],
    targets: [
      against('full diff', 2_000, full, JSON_RULES),
      against('no-op', 2_000, noop, JSON_RULES),
      against('full diff', 20, full, NAIVE),
      against('no-op', 20, noop, NAIVE),
      against('full diff', 20, full, FOLDED),
      against('no-op', 20, noop, FOLDED),
    ],
    bars: [
      barsOf('Full diff from empty, a learner', full.slice(1)),
      barsOf('Reconcile, nothing changed, a learner', noop.slice(2)),
    ],
  };
}

type Ready = Awaited<ReturnType<typeof prepare>>;

async function prepare() {
  const catalog: Catalog = catalogOf(SCALE.segments, SCALE.links);
  const all = emptyHanded(Array.from({ length: SCALE.learners }, (_, i) => learnerOf(i)));
  const allHeld = settled(catalog, all);
  const [empty, held] = [all.slice(0, 10_000), allHeld.slice(0, 10_000)];
  const learners = empty.map(({ learner }) => learner!);
  const { name: sqliteName, database } = await sqlite();
  const sql = new SqlPeer(database, catalog);
  await sql.load(learners);
  await sql.full();
  const rulesOf = await jsonRules(catalog);
  return {
    catalog,
    matcher: compile(catalog),
    all,
    allHeld,
    empty,
    held,
    rows: asRows(held),
    some: learners.slice(0, 1_000),
    few: learners.slice(0, 100),
    sql,
    sqliteName,
    rulesOf,
  };
}

/** Checks that all contenders find the same pairs, and none if nothing changed. */
async function check(ready: Ready): Promise<void> {
  const { catalog, matcher, empty, held, rows, some, few, sql, sqliteName } = ready;
  const [all, none] = [coreDigest(matcher, empty), new Digest().toString()];
  mustAgree('full diff', sqliteName, await sql.digest(), all);
  mustAgree('no-op', sqliteName, String((await sql.changes()).length), '0');
  mustAgree('no-op', ROWS, coreDigest(matcher, rows), none);
  for (const fold of [folding, foldedAlready]) {
    for (const [states, expected] of [[empty, all] as const, [held, none] as const]) {
      const digest = new Digest();
      naiveDiff(catalog, states, fold, (...diff) => digest.add(...diff));
      mustAgree('full diff and no-op', NAIVE, digest.toString(), expected);
    }
  }
  mustAgree('full diff', JSON_RULES, await byRules(ready, empty), coreDigest(matcher, empty.slice(0, few.length)));
  mustAgree('no-op', JSON_RULES, await byRules(ready, held), none);
  const view = new Digest();
  view.addPairs((await ivmView(catalog)).change([], some));
  mustAgree('full diff', IVM, view.toString(), coreDigest(matcher, empty.slice(0, some.length)));
}

/** The changes that json-rules-engine finds for the few learners that it can evaluate in time. */
async function byRules({ few, rulesOf }: Ready, states: Ready['empty']): Promise<string> {
  const digest = new Digest();
  for (const [i, learner] of few.entries()) {
    const held = new Set(states[i]!.assignments.map(linkIndex));
    const assigned = (await rulesOf(learner)).filter((link) => !held.delete(link));
    digest.addIndexed(learnerIndex(learner.id), assigned, [...held]);
  }
  return digest.toString();
}
