import { affected, type Catalog, compile, diff, type Edit, evolve } from '../../../src/core.js';
import { contest } from '../measure/contest.js';
import { SCALE } from '../measure/scale.js';
import { milliseconds, spread } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf } from '../workload/learners.js';
import { emptyHanded, settled } from '../workload/states.js';

/** The cost of a catalog before any learner is evaluated: compiling it, and recompiling it after an edit of one rule. */
export async function run(): Promise<Findings> {
  const small = catalogOf(SCALE.segments, SCALE.links);
  const large = catalogOf(10_000, 45_000);
  const states = settled(
    small,
    emptyHanded(Array.from({ length: Math.min(10_000, SCALE.learners) }, (_, i) => learnerOf(i))),
  );
  const known = new Map([small, large].map((catalog) => [catalog, compile(catalog)]));
  const recompiled = (before: Catalog, after: Catalog) => {
    const { courses } = affected(before, after);
    return { matcher: compile(after, { previous: known.get(before) }), courses };
  };
  let level = 0;
  const edit = (catalog: Catalog): Catalog => evolve(catalog, [ruleEdit(level++)]);
  const timings = await contest(SCALE.rounds, [
    { name: 'compile 500 segments, 2,200 links', items: 1000, run: () => compile(small) },
    { name: 'compile 10,000 segments, 45,000 links', items: 1000, run: () => compile(large) },
    { name: "edit one segment's rule among 500: evolve", items: 1000, run: () => edit(small) },
    { name: "edit one segment's rule among 10,000: evolve", items: 1000, run: () => edit(large) },
    { name: 'evolve, affected and compile what changed, 500', items: 1000, run: () => recompiled(small, edit(small)) },
    {
      name: 'evolve, affected and compile what changed, 10,000',
      items: 1000,
      run: () => recompiled(large, edit(large)),
    },
    {
      name: `the same for 500, and the diff of ${states.length.toLocaleString('en')} learners in its scope`,
      items: 1000,
      run: () => {
        const after = edit(small);
        const { matcher, courses } = recompiled(small, after);
        return diff(matcher, states, { courses });
      },
    },
  ]);
  return {
    tables: [
      {
        title: 'Catalogs',
        columns: ['', 'time, median (least – most)'],
        rows: timings.map(({ name, wall }) => [name, spread(wall, milliseconds)]),
      },
    ],
  };
}

function ruleEdit(round: number): Edit {
  const rule = { field: 'level', op: 'equals', value: 1 + (round % 10) } as const;
  return { type: 'saveSegment', segment: { id: 'segment-0', title: 'Edited', rule } };
}
