import { type Spread, spreadOf } from './statistics.js';

/** One of those timed against each other. */
export interface Contender {
  readonly name: string;
  /** What one run is shared by: costs are told for each. */
  readonly items: number;
  run(): unknown;
}

/** What a contender took for each item, in microseconds: on the clock, and of all processors together. */
export interface Timing {
  readonly name: string;
  readonly items: number;
  readonly wall: Spread;
  readonly cpu: Spread;
  readonly rounds: readonly number[];
}

/** Times contenders in turns, so that what disturbs the machine disturbs all of them; one round goes first unmeasured. */
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
  if (!timing) throw new Error(`No contender is called ${name}.`);
  return timing;
}

/** How often a contender's cost for an item is another's, round by round. */
export function ratio(of: Timing, to: Timing): Spread {
  return spreadOf(of.rounds.map((cost, round) => cost / to.rounds[round]!));
}

/** Runs something once; answers milliseconds on the clock and of all processors. */
export async function timed(run: () => unknown): Promise<{ wall: number; cpu: number }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}
