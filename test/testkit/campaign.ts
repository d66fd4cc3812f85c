import { type History, LawBroken, simulate } from '../../src/testkit/index.js';
import { memoryWorld } from './memory-world.js';

// A simulation over memory: SIM_STEPS operations from SIM_SEED on, with what happened counted.
const steps = Number(process.env.SIM_STEPS ?? 100_000);
const seed = Number(process.env.SIM_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`SIM_SEED=${seed} SIM_STEPS=${steps}`);

const begun = performance.now();
try {
  const report = await simulate({ create: memoryWorld, seed, steps });
  console.log(JSON.stringify(report, null, 2));
} catch (error) {
  if (!(error instanceof LawBroken)) throw error;
  console.log(error.message);
  const history: History = error.history;
  console.log(JSON.stringify(history));
  process.exitCode = 1;
}
console.log(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
