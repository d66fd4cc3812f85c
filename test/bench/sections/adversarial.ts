import {
  all,
  any,
  type Catalog,
  compile,
  field,
  inSegment,
  type Learner,
  not,
  type Rule,
  type Segment,
} from '../../../src/core.js';
import { coreRun } from '../measure/core-run.js';
import { grow, type Series } from '../measure/growth.js';
import { SCALE } from '../measure/scale.js';
import type { Findings, Target } from '../report/findings.js';
import { over } from '../workload/catalog.js';
import { learnerId } from '../workload/learners.js';
import { emptyHanded } from '../workload/states.js';

/** Growth above this exponent counts as worse than linear; a smaller excess may be due to caches. */
const LINEAR = 1.25;

/** Worst-case inputs. Each compiles its catalog anew and evaluates all learners, so that caches do not help. */
export async function run(): Promise<Findings> {
  const grown = [];
  for (const series of SERIES) grown.push(await grow(Math.min(3, SCALE.rounds), series));
  return {
    tables: grown.map(({ table }) => table),
    targets: grown.map(
      ({ curve }): Target => ({
        what: `${curve.name}: no worse than linear`,
        goal: `exponent ≤ ${LINEAR}`,
        measured: curve.exponent.toFixed(2),
        reached: curve.exponent <= LINEAR,
      }),
    ),
  };
}

const NOTE = [{ id: 'note', type: 'text' as const }];
const noted = (count: number, note: (i: number) => string): Learner[] =>
  Array.from({ length: count }, (_, i) => ({ id: learnerId(i), profile: { note: note(i) } }));
const segmentsOf = (rules: readonly Rule[]): Segment[] =>
  rules.map((rule, i) => ({ id: `segment-${i}`, title: `Segment ${i}`, rule }));

function cold(catalog: Catalog, learners: readonly Learner[]): () => void {
  const states = emptyHanded(learners);
  const plain: Catalog = { ...catalog, segments: catalog.segments.filter(({ id }) => id !== 'quarter') };
  return () => coreRun(compile(plain), states);
}

const ofNotes = (rules: readonly Rule[], learners: readonly Learner[]) =>
  cold(over(segmentsOf(rules), rules.length, NOTE), learners);

const needle = (i: number): string => `needle ${(i * 7919) % 100_003}`;
const fewRules = Array.from({ length: 100 }, (_, i) =>
  i % 2 === 0 ? field('note').contains(needle(i)) : field('note').equals(`value ${i}`),
);

const SERIES: readonly Series[] = [
  {
    title: 'Every value distinct',
    what: 'learners',
    sizes: [5_000, 10_000, 20_000, 40_000],
    at: (count) =>
      ofNotes(
        fewRules,
        noted(count, (i) => `value ${i} of many`),
      ),
  },
  {
    title: 'Long values, 200 of them',
    what: 'characters',
    sizes: [1_000, 10_000, 100_000],
    at: (length) =>
      ofNotes(
        fewRules,
        noted(200, (i) => `${i} ${'Lorem ipsum dolor '.repeat(length / 18)}`),
      ),
  },
  {
    title: 'One segment, many conditions',
    what: 'conditions',
    sizes: [1_250, 2_500, 5_000, 10_000],
    at: (count) =>
      ofNotes(
        [any(...Array.from({ length: count }, (_, i) => field('note').equals(needle(i))))],
        noted(10_000, needle),
      ),
  },
  {
    title: 'Identical segments',
    what: 'segments',
    sizes: [1_250, 2_500, 5_000, 10_000],
    at: (count) =>
      ofNotes(
        Array.from({ length: count }, () => all(field('note').contains('needle'), field('note').equals(needle(5)))),
        noted(2_000, (i) => needle(i % 500)),
      ),
  },
  {
    title: '`contains` of many search texts on one field',
    what: 'search texts, and as many values',
    sizes: [500, 1_000, 2_000, 4_000],
    at: (count) =>
      ofNotes(
        Array.from({ length: count }, (_, i) => field('note').contains(needle(i))),
        noted(count, (i) => `about ${needle(i * 3)} in a hay stack`),
      ),
  },
  {
    title: 'A deep rule',
    what: 'levels',
    sizes: [6, 12, 24, 48],
    at: (depth) =>
      ofNotes(
        Array.from({ length: 200 }, (_, i) => deep(depth, i)),
        noted(2_000, needle),
      ),
  },
  {
    title: 'A chain of segments, each naming the one before',
    what: 'segments',
    sizes: [1_250, 2_500, 5_000, 10_000],
    at: (count) =>
      ofNotes(
        Array.from({ length: count }, (_, i) =>
          i === 0
            ? field('note').contains('needle')
            : all(inSegment(`segment-${i - 1}`), not(field('note').equals(needle(i)))),
        ),
        noted(2_000, needle),
      ),
  },
];

function deep(levels: number, seed: number): Rule {
  let rule: Rule = field('note').equals(needle(seed));
  for (let level = 1; level < levels; level++) {
    const other = field('note').contains(needle(seed * 50 + level));
    rule = level % 3 === 0 ? not(rule) : level % 3 === 1 ? all(rule, not(other)) : any(rule, other);
  }
  return rule;
}
