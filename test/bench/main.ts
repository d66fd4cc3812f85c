import { cpus } from 'node:os';
import { compile } from '../../src/catalog/compile.js';
import { createSmartEnrolments } from '../../src/index.js';
import { createMemoryRepositories } from '../../src/memory/index.js';
import type { LearnerState } from '../../src/model/learner.js';
import { diff } from '../../src/reconcile/diff.js';
import { project } from '../../src/reconcile/project.js';
import { naiveDiff } from './naive.js';
import { catalogOf, learnerOf } from './workload.js';

const learners = Number(process.env.BENCH_LEARNERS ?? 100_000);
const [segments, links] = [500, 2_200];
const BATCH = 1_000;

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1]!;
}

/** Runs something several times; answers the median in milliseconds. */
async function time(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}

function report(what: string, ms: number, per: number, unit: string, beside?: number): void {
  const ratio = beside === undefined ? '' : `   ${(beside / ms).toFixed(1)}× the naive loop`;
  console.log(
    `${what.padEnd(46)} ${ms.toFixed(0).padStart(7)} ms  ${((ms * 1000) / per).toFixed(2).padStart(8)} µs a ${unit}${ratio}`,
  );
}

function byBatch(states: readonly LearnerState[], visit: (batch: readonly LearnerState[]) => void): void {
  for (let from = 0; from < states.length; from += BATCH) visit(states.slice(from, from + BATCH));
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
const catalog = catalogOf(segments, links);
const matcher = compile(catalog);
const empty = Array.from({ length: learners }, (_, i): LearnerState => {
  const learner = learnerOf(i);
  return { learnerId: learner.id, learner, assignments: [], individual: [], training: [] };
});
const held = project(empty, diff(matcher, empty).diffs).map((state) => ({
  ...state,
  assignments: state.assignments.map((assignment) => ({ ...assignment })),
}));
const total = held.reduce((sum, { assignments }) => sum + assignments.length, 0);
console.log(
  `${learners.toLocaleString('en')} learners × ${segments} segments × ${links} links, ${(total / learners).toFixed(1)} assignments each\n`,
);

const naive = naiveDiff(catalog, empty);
if (naive.assigned !== total) throw new Error(`The naive loop finds ${naive.assigned} assignments, the core ${total}.`);
if (naiveDiff(catalog, held).released !== 0) throw new Error('The naive loop finds something to release.');

const naiveFull = await time(1, () => naiveDiff(catalog, empty));
const full = await time(5, () => byBatch(empty, (batch) => diff(matcher, batch)));
const naiveNoop = await time(1, () => naiveDiff(catalog, held));
const noop = await time(5, () =>
  byBatch(held, (batch) => {
    if (diff(matcher, batch).diffs.length > 0) throw new Error('Something changes where nothing should.');
  }),
);
report('compile', await time(5, () => compile(catalog)), links, 'link');
report('full diff from empty, naive loop', naiveFull, learners, 'learner');
report('full diff from empty', full, learners, 'learner', naiveFull);
report('no-op reconcile, naive loop', naiveNoop, learners, 'learner');
report('no-op reconcile', noop, learners, 'learner', naiveNoop);
const few = held.slice(0, 2_000);
report(
  'one learner at a time, core',
  await time(5, () => few.forEach((state) => diff(matcher, [state]))),
  few.length,
  'learner',
);

const memory = createMemoryRepositories({
  fields: catalog.fields,
  courses: catalog.courses,
  learners: empty.map(({ learner }) => learner!),
});
const smart = createSmartEnrolments(memory);
const edits = [
  ...catalog.segments.map((segment) => ({ type: 'saveSegment', segment }) as const),
  ...catalog.links.map((link) => ({ type: 'link', link }) as const),
];
report('memory: apply the whole catalog', await time(1, () => smart.apply(edits)), learners, 'learner');
report('memory: reconcile, nothing to do', await time(3, () => smart.reconcile()), learners, 'learner');
const names = few.map(({ learnerId }) => learnerId);
const notices = await time(3, async () => {
  for (const id of names) await smart.learnersChanged([id]);
});
report('memory: learnersChanged, one at a time', notices, names.length, 'learner');
