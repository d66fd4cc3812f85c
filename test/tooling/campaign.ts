import { spawnSync } from 'node:child_process';

// Properties under a new seed, many times over: `npm run campaign -- [test files]`; FC_SEED and FC_RUNS repeat one.
const seed = process.env.FC_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const runs = process.env.FC_RUNS ?? '2000';
console.log(`FC_SEED=${seed} FC_RUNS=${runs}`);

const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', ...process.argv.slice(2)], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, FC_SEED: seed, FC_RUNS: runs },
});
process.exitCode = status ?? 1;
