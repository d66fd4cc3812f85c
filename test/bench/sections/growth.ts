import { any, type Catalog, compile, field, type LearnerState, type Segment } from '../../../src/core.js';
import { coreRun } from '../measure/core-run.js';
import { grow, type Series } from '../measure/growth.js';
import { SCALE } from '../measure/scale.js';
import type { Findings } from '../report/findings.js';
import { catalogOf, over } from '../workload/catalog.js';
import { ROLES, SITES } from '../workload/fields.js';
import { learnerOf, movedLearner } from '../workload/learners.js';
import { emptyHanded, settled } from '../workload/states.js';

/** Cost against each size separately; the other sizes are those of the tasks or smaller. */
export async function run(): Promise<Findings> {
  const grown = [];
  for (const series of SERIES) grown.push(await grow(Math.min(3, SCALE.rounds), series));
  return { tables: grown.map(({ table }) => table), curves: grown.map(({ curve }) => curve) };
}

const PARTS = [1 / 16, 1 / 8, 1 / 4, 1 / 2].map((part) => Math.round(SCALE.learners * part));
const PEOPLE = Math.min(5_000, SCALE.learners);
const people = (count: number) => emptyHanded(Array.from({ length: count }, (_, i) => learnerOf(i)));

/** A reconcile in the core of learners who hold what they should. */
function noop(catalog: Catalog, count: number): () => void {
  const states = settled(catalog, people(count));
  const matcher = compile(catalog);
  return () => coreRun(matcher, states);
}

const base = catalogOf(SCALE.segments, SCALE.links);

const SERIES: readonly Series[] = [
  {
    title: 'Learners, no-op reconcile',
    what: 'learners',
    sizes: PARTS,
    at: (count) => noop(base, count),
  },
  {
    title: 'Learners, full diff',
    what: 'learners',
    sizes: PARTS,
    at: (count) => {
      const [matcher, states] = [compile(base), people(count)];
      return () => coreRun(matcher, states);
    },
  },
  {
    title: 'Segments, no-op reconcile, 2,200 links',
    what: 'segments',
    sizes: [100, 300, 1_000, 3_000, 10_000],
    at: (segments) => noop(catalogOf(segments, 2_200), PEOPLE),
  },
  {
    title: 'Links, no-op reconcile, 500 segments',
    what: 'links',
    sizes: [500, 1_000, 2_000, 4_000, 8_000],
    at: (links) => noop(catalogOf(500, links), PEOPLE),
  },
  {
    title: 'Rule size, no-op reconcile, 100 segments',
    what: 'conditions a rule',
    sizes: [1, 4, 16, 64, 256],
    at: (size) => noop(over(wideSegments(100, size), 100), PEOPLE),
  },
  {
    title: 'Changed fraction, reconcile',
    what: 'changed in 10,000',
    sizes: [10, 100, 1_000, 10_000],
    at: (fraction) => {
      const states = settled(base, people(PEOPLE)).map(
        (state, i): LearnerState => (i % (10_000 / fraction) < 1 ? { ...state, learner: movedLearner(i) } : state),
      );
      const matcher = compile(base);
      return () => coreRun(matcher, states);
    },
  },
];

/** Segments whose rules have this many conditions, all of them different. */
function wideSegments(count: number, conditions: number): Segment[] {
  return Array.from({ length: count }, (_, segment) => ({
    id: `segment-${segment}`,
    title: `Segment ${segment}`,
    rule: any(
      ...Array.from({ length: conditions }, (_, i) =>
        i % 2 === 0
          ? field('site').equals(`${SITES[segment % SITES.length]} floor ${i}`)
          : field('role').contains(`${ROLES[segment % ROLES.length]![i % 4]} ${i}`),
      ),
    ),
  }));
}
