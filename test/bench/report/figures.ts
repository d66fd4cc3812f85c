import { ratio, type Timing } from '../measure/contest.js';
import type { Spread } from '../measure/statistics.js';
import type { Bars, Table, Target } from './findings.js';

/** Three significant digits, with thousands separators. */
export function figure(number: number): string {
  if (number >= 100) return Math.round(number).toLocaleString('en');
  return number.toPrecision(3).replace(/\.?0+$/, '');
}

export const microseconds = (us: number): string => `${figure(us)} µs`;
export const milliseconds = (ms: number): string => `${figure(ms)} ms`;
export const times = (factor: number): string => `${figure(factor)}×`;

/** A median with its minimum and maximum. */
export function spread({ median, least, most }: Spread, unit: (number: number) => string): string {
  return `${unit(median)} (${figure(least)} – ${figure(most)})`;
}

/** The contenders of one contest, compared with the core. */
export function contestTable(title: string, note: string, timings: readonly Timing[], core: Timing): Table {
  return {
    title,
    note,
    columns: ['', 'learners', 'a learner, median (least – most)', 'processor time', 'against the core'],
    rows: timings.map((timing) => [
      timing.name,
      timing.items.toLocaleString('en'),
      spread(timing.wall, microseconds),
      microseconds(timing.cpu.median),
      timing === core ? '1×' : spread(ratio(timing, core), times),
    ]),
  };
}

export function barsOf(title: string, timings: readonly Timing[]): Bars {
  return { title, bars: timings.map(({ name, wall }) => ({ name, microseconds: wall.median })) };
}

/** A target of the form "at least this many times faster than a peer". */
export function faster(what: string, goal: number, timing: Timing, core: Timing): Target {
  const measured = ratio(timing, core);
  return { what, goal: `≥ ${times(goal)}`, measured: spread(measured, times), reached: measured.median >= goal };
}

/** A target of the form "at most this". */
export function atMost(what: string, goal: number, measured: Spread, unit: (number: number) => string): Target {
  return { what, goal: `≤ ${unit(goal)}`, measured: spread(measured, unit), reached: measured.median <= goal };
}
