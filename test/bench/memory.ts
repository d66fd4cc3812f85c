import { createSmartEnrolments } from '../../src/index.js';
import { madeUpPeople } from './made-up-people.js';
import { catalogOf } from './workload.js';

// A process of its own: nothing but the reconcile is in its memory.
const people = Number(process.env.BENCH_PEOPLE ?? 1_000_000);
const madeUp = madeUpPeople(catalogOf(500, 2_200), people);
const resident: number[] = [];
const start = performance.now();
await createSmartEnrolments(madeUp).reconcile({
  onProgress: ({ looked }) => {
    if (looked % (people / 20) < 1_000) resident.push(process.memoryUsage().rss / 2 ** 20);
  },
});
const later = resident.slice(Math.ceil(resident.length / 5));
console.log(
  `reconcile of ${people.toLocaleString('en')} learners made up by the page: ${((performance.now() - start) / 1000).toFixed(0)} s, ` +
    `${madeUp.written().toLocaleString('en')} assignments written;\n` +
    `resident memory after the first fifth: ${Math.min(...later).toFixed(0)} to ${Math.max(...later).toFixed(0)} MiB`,
);
