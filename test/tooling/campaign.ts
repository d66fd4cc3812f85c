import { spawnSync } from 'node:child_process';

// What takes longer than CI has, under a new seed: `npm run campaign` runs every property many times over, then a long simulation, and
// where there are database servers (test/servers/README.md) simulations, kills, many processes and random rules over every kind of column;
// `npm run campaign -- [test files]` only these properties. FC_SEED and FC_RUNS, SIM_SEED and SIM_STEPS, WILD_SEED and
// WILD_RUNS repeat one.
const fresh = () => String(Math.floor(Math.random() * 2 ** 31));
const { FC_SEED = fresh(), FC_RUNS = '2000', SIM_SEED = fresh(), SIM_STEPS = '1000000' } = process.env;
const { WILD_SEED = fresh(), WILD_RUNS = '1000' } = process.env;
const files = process.argv.slice(2);

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  console.log(Object.entries(env).flat().join(' '));
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, [...args], { stdio: 'inherit', shell, env: { ...process.env, ...env } });
  if (status !== 0) process.exitCode = status ?? 1;
}

const properties = files.length > 0 ? files : ['test/properties'];
run('npx', ['vitest', 'run', '--project', 'unit', ...properties], { FC_SEED, FC_RUNS });
if (files.length === 0) run('npm', ['run', 'simulate'], { SIM_SEED, SIM_STEPS });

const onServers = ['simulation', 'processes', 'kills', 'server-killed', 'deadlocks'].map(
  (name) => `repositories/${name}.test.ts`,
);
const long = {
  ...{ SIM_SEED, SIM_STEPS: '10000', KILLS: '50', SERVER_KILLS: '50', PROCESSES_SECONDS: '180' },
  DEADLOCK_RACES: '1000',
};
if (files.length === 0) run('npm', ['run', 'servers', '--', ...onServers], long);
if (files.length === 0) run('npm', ['run', 'servers', '--', 'test/servers/wild'], { WILD_SEED, WILD_RUNS });
