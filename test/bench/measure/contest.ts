import { type Spread, spreadOf } from './statistics.js';

/** A program that is timed against others. */
export interface Contender {
  readonly name: string;
  /** The number of items in one run; costs are reported per item. */
  readonly items: number;
  run(): unknown;
}

/** The time of a contender per item, in microseconds: wall-clock time, and processor time of all threads. */
export interface Timing {
  readonly name: string;
  readonly items: number;
  readonly wall: Spread;
  readonly cpu: Spread;
  readonly rounds: readonly number[];
}

/** Times contenders in turns, so that a disturbance of the machine affects all of them; the first round is not measured. */
export async function contest(rounds: number, contenders: readonly Contender[], warmUp = true): Promise<Timing[]> {
  const samples = contenders.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
  for (let round = warmUp ? -1 : 0; round < rounds; round++) {
    for (const [i, { items, run }] of contenders.entries()) {
      globalThis.gc?.();
      const { wall, cpu } = await timed(run);
      if (round < 0) continue;
      samples[i]!.wall.push((wall / items) * 1000);
      samples[i]!.cpu.push((cpu / items) * 1000);
    }
  }
  return contenders.map(({ name, items }, i) => {
    const { wall, cpu } = samples[i]!;
    return { name, items, wall: spreadOf(wall), cpu: spreadOf(cpu), rounds: wall };
  });
}

/** The timing of one contender. */
export function named(timings: readonly Timing[], name: string): Timing {
  const timing = timings.find((one) => one.name === name);
  if (!timing) throw new Error(`Unknown contender ${name}.`);
  return timing;
}

/** The ratio of the costs per item of two contenders, round by round. */
export function ratio(of: Timing, to: Timing): Spread {
  return spreadOf(of.rounds.map((cost, round) => cost / to.rounds[round]!));
}

/** Runs a function once; returns its wall-clock and processor time in milliseconds. */
export async function timed(run: () => unknown): Promise<{ wall: number; cpu: number }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}
