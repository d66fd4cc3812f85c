import type { SmartEnrolments } from '../../../src/index.js';
import type { Table, Target } from '../report/findings.js';
import { timed } from './contest.js';
import { spreadOf } from './statistics.js';

/** Reconciles this many learners; returns the duration, and the resident memory during the run. */
export async function watchedReconcile(
  smart: SmartEnrolments,
  people: number,
): Promise<{ readonly wall: number; readonly target: Target } & Pick<Table, 'columns' | 'rows'>> {
  const resident: number[] = [];
  const every = people / 50;
  const { wall } = await timed(() =>
    smart.reconcile({
      onProgress: ({ looked }) => {
        if (looked >= (resident.length + 1) * every) resident.push(process.memoryUsage.rss() / 2 ** 20);
      },
    }),
  );
  const { least, median, most } = spreadOf(resident.slice(Math.floor(resident.length / 5)));
  const off = Math.max(most - median, median - least) / median;
  const fifths = [0.2, 0.4, 0.6, 0.8, 1].map((part) => resident[Math.ceil(resident.length * part) - 1]!);
  return {
    wall,
    columns: ['done', '20 %', '40 %', '60 %', '80 %', '100 %'],
    rows: [['resident memory', ...fifths.map((mebibytes) => `${mebibytes.toFixed(0)} MiB`)]],
    target: {
      what: 'Resident memory after the first fifth, against its median',
      goal: 'within 10 %',
      measured: `${least.toFixed(0)} – ${most.toFixed(0)} MiB, ${(off * 100).toFixed(1)} % off`,
      reached: off <= 0.1,
    },
  };
}
