import { type History, LawBroken, type Report, replay, simulate } from '../../src/testkit/index.js';
import { histories } from './histories.js';
import { memoryWorld } from './memory-world.js';

// First the histories that found something once, then a simulation over memory: SIM_STEPS operations from SIM_SEED on, with what happened counted; too little of it is a failure too.
const steps = Number(process.env.SIM_STEPS ?? 50_000);
const seed = Number(process.env.SIM_SEED ?? 20_261_126);
console.log(`SIM_SEED=${seed} SIM_STEPS=${steps}`);

/** What a simulation must meet to be worth something, in proportion to its length: 1,000,000 steps meet every fault 1,000 times. */
function shortfalls({ changed, overlapping, faults }: Report): string[] {
  const least = (what: string, found: number, wanted: number) =>
    found < wanted ? [`${what}: ${found}, and ${wanted} are wanted`] : [];
  return [
    ...least('steps that changed something', changed, steps / 2),
    ...least('transactions that overlapped on a learner', overlapping, steps / 100),
    ...Object.entries(faults).flatMap(([kind, struck]) => least(`faults of the kind ${kind}`, struck, steps / 1_000)),
  ];
}

const begun = performance.now();
try {
  for (const [, history] of histories) await replay({ create: memoryWorld }, history);
  console.log(`${histories.length} histories that found something once break no law.`);
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
console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
