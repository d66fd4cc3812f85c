import { createSmartEnrolments } from '../../../src/index.js';
import { timed } from '../measure/contest.js';
import { SCALE } from '../measure/scale.js';
import { spreadOf } from '../measure/statistics.js';
import { microseconds } from '../report/figures.js';
import type { Findings } from '../report/findings.js';
import { catalogOf } from '../workload/catalog.js';
import { madeUpPeople } from '../workload/made-up-people.js';

/** A reconcile of very many people, made up page by page: resident memory while it goes on. */
export async function run(): Promise<Findings> {
  const madeUp = madeUpPeople(catalogOf(SCALE.segments, SCALE.links), SCALE.people);
  const resident: number[] = [];
  const every = SCALE.people / 50;
  const { wall } = await timed(() =>
    createSmartEnrolments(madeUp).reconcile({
      onProgress: ({ looked }) => {
        if (looked >= (resident.length + 1) * every) resident.push(process.memoryUsage.rss() / 2 ** 20);
      },
    }),
  );
  const { least, median, most } = spreadOf(resident.slice(Math.floor(resident.length / 5)));
  const off = Math.max(most - median, median - least) / median;
  const fifths = [0.2, 0.4, 0.6, 0.8, 1].map((part) => resident[Math.ceil(resident.length * part) - 1]!);
  return {
    tables: [
      {
        title: `Reconcile of ${SCALE.people.toLocaleString('en')} people, made up page by page`,
        note: `${microseconds((wall * 1000) / SCALE.people)} a learner, making them up included; ${madeUp.written().toLocaleString('en')} assignments written.`,
        columns: ['done', '20 %', '40 %', '60 %', '80 %', '100 %'],
        rows: [['resident memory', ...fifths.map((mebibytes) => `${mebibytes.toFixed(0)} MiB`)]],
      },
    ],
    targets: [
      {
        what: 'Resident memory after the first fifth, against its median',
        goal: 'within 10 %',
        measured: `${least.toFixed(0)} – ${most.toFixed(0)} MiB, ${(off * 100).toFixed(1)} % off`,
        reached: off <= 0.1,
      },
    ],
  };
}
