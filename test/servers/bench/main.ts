import { fileURLToPath } from 'node:url';
import { createSmartEnrolments, type Edit } from '../../../src/index.js';
import { fromPg, type SqlDriver } from '../../../src/sql/index.js';
import { readable } from '../../../src/testkit/readable.js';
import { timed } from '../../bench/measure/contest.js';
import { Digest, mustAgree } from '../../bench/measure/digest.js';
import { inOwnProcess } from '../../bench/measure/own-process.js';
import { type Spread, spreadOf } from '../../bench/measure/statistics.js';
import { atMost, figure, milliseconds, spread, times } from '../../bench/report/figures.js';
import type { Table, Target } from '../../bench/report/findings.js';
import { machineOf } from '../../bench/report/machine.js';
import { tableText, targetsTable } from '../../bench/report/markdown.js';
import { write } from '../../bench/report/write.js';
import { catalogOf, QUARTER, SPARE_COURSE } from '../../bench/workload/catalog.js';
import { installClients } from '../set-up.js';
import { ByHand } from './by-hand.js';
import { LowerBound } from './lower-bound.js';
import { narrowing } from './narrowing.js';
import { preparePeople, repositoriesOver } from './people.js';
import { Statements } from './plans.js';
import { HEAP, poolOver } from './pool.js';

const LEARNERS = Number(process.env.BENCH_LEARNERS ?? 50_000);
const MANY = Number(process.env.BENCH_PEOPLE ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

interface Step {
  before?(): Promise<unknown>;
  run(): Promise<unknown>;
}

/** Runs these steps in turn, each after its unmeasured `before`; resolves with milliseconds. */
async function byTurns<Name extends string>(
  rounds: number,
  steps: { readonly [name in Name]: Step },
): Promise<{ [name in Name]: number[] }> {
  const walls = Object.fromEntries(Object.keys(steps).map((name) => [name, []])) as unknown as {
    [name in Name]: number[];
  };
  for (let round = 0; round < rounds; round++) {
    for (const [name, { before, run }] of Object.entries<Step>(steps)) {
      await before?.();
      walls[name as Name].push((await timed(run)).wall);
    }
  }
  return walls;
}

installClients();
const { pool, drop } = await poolOver('bench_sql');
const db: SqlDriver = fromPg(pool);
const catalog = catalogOf(500, 2_200);
console.log(`Making ${LEARNERS.toLocaleString('en')} people.`);
await preparePeople(db, LEARNERS, catalog);
const hand = new ByHand(db, catalog);
await hand.prepare(catalog);
const repositories = await repositoriesOver(db, catalog);
const smart = createSmartEnrolments(repositories);

// The catalog is committed before there are any people: in practice it grows over years.
await db.query('ALTER TABLE learner RENAME TO away');
await db.query('CREATE TABLE learner (LIKE away)');
await smart.apply([
  ...catalog.segments.map((segment): Edit => ({ type: 'saveSegment', segment })),
  ...catalog.links.map((link): Edit => ({ type: 'link', link })),
]);
await db.query('DROP TABLE learner');
await db.query('ALTER TABLE away RENAME TO learner');
await db.query('ANALYZE');

const emptied = async (): Promise<void> => {
  await db.query(`TRUNCATE smart_enrolments_learners`);
  await db.query('CHECKPOINT');
};
const full = await byTurns(Math.min(3, ROUNDS), {
  ours: { before: emptied, run: () => smart.reconcile() },
  theirs: { before: () => db.query('CHECKPOINT'), run: () => hand.full() },
});
const [mine, theirs] = [new Digest(), new Digest()];
for (let after: string | undefined; ; ) {
  const ids = await repositories.enrolments.holders({ after, limit: 5_000 });
  if (ids.length === 0) break;
  after = ids.at(-1);
  for (const { learnerId, assignments } of readable(await repositories.enrolments.read(ids)))
    mine.add(learnerId, assignments, []);
}
for (const { learner_id: id, course_id: courseId, link_id: linkId } of await hand.pairs())
  theirs.add(id, [{ courseId, linkId, segmentId: '' }], []);
mustAgree('full reconcile', 'the hand-written SQL', theirs.toString(), mine.toString());
await db.query('VACUUM ANALYZE');

const lowerBound = new LowerBound(db);
const noop = await byTurns(ROUNDS, {
  ours: { run: () => smart.reconcile() },
  theirs: { run: () => hand.noop() },
  least: { run: () => lowerBound.noop() },
});

const spare = { id: 'link-spare', segmentId: 'everyone', courseId: SPARE_COURSE };
await smart.apply({
  type: 'saveSegment',
  segment: { ...QUARTER, id: 'everyone', rule: { field: 'level', op: 'gte', value: 0 } },
});
const unlinking: number[] = [];
const unlink = async (): Promise<void> => {
  await lowerBound.unlink();
  const { links } = await repositories.catalog.load();
  if (links.some(({ id }) => id === spare.id))
    unlinking.push((await timed(() => smart.apply({ type: 'unlink', linkId: spare.id }))).wall);
};
/** Removes dead rows, so that no measurement reads the row versions of an earlier one. */
const vacuumed = (undo: () => Promise<unknown>) => async (): Promise<void> => {
  await undo();
  await db.query('VACUUM smart_enrolments_learners, hand_held');
};
const linking = await byTurns(ROUNDS, {
  ours: { before: vacuumed(unlink), run: () => smart.apply({ type: 'link', link: spare }) },
  theirs: { before: vacuumed(() => hand.unlink()), run: () => hand.link('level >= 0') },
  least: { before: vacuumed(unlink), run: () => lowerBound.link() },
  asked: { before: vacuumed(unlink), run: () => lowerBound.linkWithEveryQuery(spare.courseId) },
});
await unlink();

const one: number[] = [];
for (let i = 0; i < 200; i++) {
  const id = `learner-${String((i * 97) % LEARNERS).padStart(8, '0')}`;
  await db.query('UPDATE learner SET contractor = NOT contractor WHERE id = $1', [id]);
  one.push((await timed(() => smart.learnersChanged([id]))).wall);
}

const statements = new Statements();
const recorded = createSmartEnrolments(await repositoriesOver(statements.recording(db), catalog));
await db.query('ANALYZE');
await recorded.reconcile({ upTo: 'learner-00003000' });
await recorded.learnersChanged(['learner-00000007']);
await recorded.apply({ type: 'link', link: { ...spare, segmentId: QUARTER.id } });
await recorded.apply({ type: 'unlink', linkId: spare.id });
const plans = await statements.plans(db);

const narrowed = await narrowing(db, ROUNDS);

const ratio = (a: readonly number[], b: readonly number[]): Spread =>
  spreadOf(a.map((wall, i) => wall / b[i % b.length]!));
const targets: Target[] = [
  atMost('Full reconcile from empty, against one INSERT … SELECT a segment', 0.7, ratio(full.ours, full.theirs), times),
  atMost('Reconcile, nothing changed, against the anti-join both ways', 0.1, ratio(noop.ours, noop.theirs), times),
  atMost('Linking a course to everyone, against one INSERT … SELECT', 3, ratio(linking.ours, linking.theirs), times),
  atMost('Unlinking it, against linking it', 2, ratio(unlinking, linking.ours), times),
  atMost("One learner's change, noticed", 5, spreadOf(one), milliseconds),
  ...narrowed.targets,
];
const row = (what: string, walls: readonly number[]): string[] => [what, spread(spreadOf(walls), milliseconds)];
const tables: Table[] = [
  {
    title: 'On PostgreSQL, beside hand-written SQL',
    note: `${LEARNERS.toLocaleString('en')} learners, 500 segments, 2,200 links, ${figure(mine.assigned)} assignments. Client and server share the machine; by hand, everything happens in the server, on tables without locks, records or causes.`,
    columns: ['', 'time, median (minimum – maximum)'],
    rows: [
      row('full reconcile from empty', full.ours),
      row('by hand: one INSERT … SELECT a segment', full.theirs),
      row('reconcile, nothing changed', noop.ours),
      row('by hand: anti-join both ways', noop.theirs),
      row('lower bound: the same rows, locked and read in the client, nothing decided', noop.least),
      row('link a course to everyone', linking.ours),
      row('by hand: one INSERT … SELECT', linking.theirs),
      row('lower bound: the same, and each list written with one more number', linking.least),
      row('lower bound: the same, and every query that an edit needs', linking.asked),
      row('unlink it', unlinking),
      row("one learner's change, noticed", one),
    ],
  },
  {
    title: 'Compared with the lower bound',
    note: 'The lower bound for any program that decides in the client, on locked rows.',
    columns: ['', 'the lower bound, against by hand', 'ours, against the lower bound'],
    rows: (
      [
        ['reconcile, nothing changed', noop.ours, noop.theirs, noop.least],
        ['link a course to everyone', linking.ours, linking.theirs, linking.least],
        ['link, with every query that an edit needs', linking.ours, linking.theirs, linking.asked],
      ] as const
    ).map(([what, ours, theirs, bound]) => [
      what,
      spread(ratio(bound, theirs), times),
      spread(ratio(ours, bound), times),
    ]),
  },
  narrowed.table,
];
await drop();

const script = fileURLToPath(new URL('flat-memory.ts', import.meta.url));
const memory = await inOwnProcess([`--max-old-space-size=${HEAP}`, '--import', 'tsx', script, String(MANY)]);
tables.push(...memory.tables);
targets.push(...(memory.targets ?? []));

for (const table of tables) console.log(`\n${tableText(table)}`);
console.log(`\n${tableText(targetsTable(targets))}`);
if ((LEARNERS === 50_000 && MANY === 1_000_000) || process.env.BENCH_OUT) {
  const head = `# Benchmark of the SQL repositories\n\nWritten by \`npm run bench:sql\`; change the benchmark, not this page.\n\n${machineOf([])}`;
  const about = `# What Postgres does for each statement

Written by \`npm run bench:sql\`: every statement of a reconcile, a notice, a link and an unlink on ${LEARNERS.toLocaleString('en')} learners, each once, and its plan.
The library's tables are queried by their keys; people by their primary key and, for a rule, by the columns that it names. The holders of an
assignment are found by scanning \`smart_enrolments_learners\` once, in windows of its primary key.`;
  write({ 'sql-plans.md': `${about}\n\n${plans}\n` });
  write({ 'sql.md': `${[head, tableText(targetsTable(targets)), ...tables.map(tableText)].join('\n\n')}\n` });
}
