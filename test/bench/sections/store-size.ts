import { createSmartEnrolments } from '../../../src/index.js';
import { createMemoryRepositories } from '../../../src/memory/index.js';
import { SCALE } from '../measure/scale.js';
import { exponent } from '../measure/statistics.js';
import { figure } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { learnerOf } from '../workload/learners.js';

/** The heap size of memory repositories, per learner and per assignment. */
export async function run(): Promise<Findings> {
  const sizes = [1 / 16, 1 / 8, 1 / 4].map((part) => Math.round(SCALE.learners * part));
  const taken: { readonly people: number; readonly all: number }[] = [];
  for (const size of sizes) taken.push(await bytesOf(size));
  const k = exponent(sizes.map((size, i) => [size, taken[i]!.all] as const));
  return {
    tables: [
      {
        title: `Heap of memory repositories: exponent ${k.toFixed(2)}`,
        note: 'After garbage collection.',
        columns: ['learners', ...sizes.map((size) => size.toLocaleString('en'))],
        rows: [
          ['people alone, a learner', ...taken.map(({ people }, i) => `${figure(people / sizes[i]!)} B`)],
          [
            'what they hold, a learner',
            ...taken.map(({ people, all }, i) => `${figure((all - people) / sizes[i]!)} B`),
          ],
        ],
      },
    ],
  };
}

async function bytesOf(count: number): Promise<{ readonly people: number; readonly all: number }> {
  const catalog = catalogOf(SCALE.segments, SCALE.links);
  const before = heap();
  const memory = createMemoryRepositories({
    fields: catalog.fields,
    courses: catalog.courses,
    learners: Array.from({ length: count }, (_, i) => learnerOf(i)),
  });
  const people = heap() - before;
  await createSmartEnrolments(memory).apply([
    ...catalog.segments.map((segment) => ({ type: 'saveSegment', segment }) as const),
    ...catalog.links.map((link) => ({ type: 'link', link }) as const),
  ]);
  const all = heap() - before;
  // The store has to stay reachable until here.
  await memory.catalog.load();
  return { people, all };
}

function heap(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
