import { type Spread, spreadOf } from './statistics.js';

/** Times each of many calls separately, after some warm-up calls; returns microseconds per call. */
export async function eachCall(
  count: number,
  call: (i: number) => unknown,
  before?: (i: number) => unknown,
): Promise<Spread> {
  const calls: number[] = [];
  const warmUp = Math.ceil(count / 4);
  for (let i = 0; i < warmUp + count; i++) {
    await before?.(i);
    const start = performance.now();
    const answer = call(i);
    if (answer instanceof Promise) await answer;
    if (i >= warmUp) calls.push((performance.now() - start) * 1000);
  }
  return usual(calls);
}

/** The median and the 5th and 95th percentiles. The slowest calls measure garbage collection or other processes. */
function usual(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { median: spreadOf(sorted).median, least: at(0.05), most: at(0.95) };
}
