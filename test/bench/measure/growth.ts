import { figure, milliseconds } from '../report/figures.js';
import type { Curve, Table } from '../report/findings.js';
import { contest } from './contest.js';
import { exponent } from './statistics.js';

/** A task that is timed at several sizes. */
export interface Series {
  readonly title: string;
  /** The unit of the size. */
  readonly what: string;
  readonly sizes: readonly number[];
  /** Creates the input of a size, and returns the function to time. */
  at(size: number): () => unknown;
}

/** Times a series in turns, the smallest size first; returns its table and the exponent of its growth. */
export async function grow(
  rounds: number,
  { title, what, sizes, at }: Series,
): Promise<{ table: Table; curve: Curve }> {
  const timings = await contest(
    rounds,
    sizes.map((size) => ({ name: String(size), items: 1000, run: at(size) })),
  );
  const points = timings.map(({ wall }, i) => [sizes[i]!, wall.median] as const);
  const k = exponent(points);
  return {
    table: {
      title: `${title}: exponent ${k.toFixed(2)}`,
      columns: [what, ...sizes.map((size) => size.toLocaleString('en'))],
      rows: [
        ['time', ...points.map(([, ms]) => milliseconds(ms))],
        ['a unit', ...points.map(([size, ms]) => `${figure((ms * 1000) / size)} µs`)],
      ],
    },
    curve: { name: title, exponent: k, points },
  };
}
