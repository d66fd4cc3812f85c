import { type History, LawBroken, type Report, replay, simulate } from '../../src/testkit/index.js';
import { histories } from './histories.js';
import { memoryWorld } from './memory-world.js';

// Replays the stored histories, then simulates SIM_STEPS operations over memory from the seed SIM_SEED and prints the counts.
// Counts that are too low are a failure too.
const steps = Number(process.env.SIM_STEPS ?? 50_000);
const seed = Number(process.env.SIM_SEED ?? 20_261_126);
console.log(`SIM_SEED=${seed} SIM_STEPS=${steps}`);

/** Lists the counts that are too low for the length of the simulation: 1,000,000 steps need every fault 1,000 times. */
function shortfalls({ changed, overlapping, faults }: Report): string[] {
  const least = (what: string, found: number, wanted: number) =>
    found < wanted ? [`${what}: found ${found}, expected at least ${wanted}`] : [];
  return [
    ...least('steps that changed something', changed, steps / 2),
    ...least('transactions that overlapped on a learner', overlapping, steps / 100),
    ...Object.entries(faults).flatMap(([kind, struck]) => least(`faults of the kind ${kind}`, struck, steps / 1_000)),
  ];
}

const started = performance.now();
try {
  for (const [, history] of histories) await replay({ create: memoryWorld }, history);
  console.log(`${histories.length} stored histories break no law.`);
  const report = await simulate({ create: memoryWorld, seed, steps });
  console.log(JSON.stringify(report, null, 2));
  for (const shortfall of shortfalls(report)) {
    console.log(`Too few ${shortfall}.`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof LawBroken)) throw error;
  console.log(error.message);
  const history: History = error.history;
  console.log(JSON.stringify(history));
  process.exitCode = 1;
}
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
