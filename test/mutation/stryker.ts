import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { install } from '../tooling/install.js';
import type { Report } from './figures.js';
import type { Shard } from './shards.js';

const HERE = new URL('./', import.meta.url);
const PACKAGES = new URL('node_modules/@stryker-mutator/', HERE);
const ROOT = fileURLToPath(new URL('../../', HERE));
/** Where a shard's reports are, from the root: in a folder that git, Biome and the sandbox leave out. */
const OUT = '.scratch/mutation';

/** Installs Stryker if it is missing. */
export function prepare(): void {
  install(HERE, 'Stryker', ['@stryker-mutator']);
}

/** Lets Stryker mutate one floor, or only some files of it, and answers its report; throws where it could not finish. */
export function mutate({ name, mutate }: Shard, files: readonly string[]): Report {
  const out = `${OUT}/${name}`;
  rmSync(`${ROOT}${out}`, { recursive: true, force: true });
  mkdirSync(`${ROOT}${out}`, { recursive: true });
  const config = `${out}/stryker.json`;
  const options = {
    mutate: files.length > 0 ? files : mutate,
    testRunner: 'vitest',
    plugins: [fileURLToPath(new URL('vitest-runner/dist/src/index.js', PACKAGES))],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 2),
    // On a machine that is busy otherwise less would take slow tests for endless ones.
    timeoutMS: Number(process.env.MUTATION_TIMEOUT ?? 10_000),
    timeoutFactor: 2,
    checkers: [],
    reporters: ['json', 'html', 'progress-append-only'],
    jsonReporter: { fileName: `${out}/report.json` },
    htmlReporter: { fileName: `${out}/report.html` },
    ignorePatterns: [
      '/coverage',
      '/dist',
      '/docs',
      '/.scratch',
      '/test/bench/*',
      '!/test/bench/workload',
      '/test/data',
      '/test/package',
    ],
    // Every run leaves what it found for one that goes on from it.
    incremental: true,
    incrementalFile: `${OUT}/${name}.json`,
    force: process.env.MUTATION_AGAIN !== '1',
    tempDirName: `${out}/sandbox`,
  };
  writeFileSync(`${ROOT}${config}`, JSON.stringify(options, null, 2));
  const binary = fileURLToPath(new URL('core/bin/stryker.js', PACKAGES));
  const env = { FC_RUNS: '30', ...process.env, MUTATION_SHARD: name };
  const { status } = spawnSync(process.execPath, [binary, 'run', config], { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) throw new Error(`Stryker ended with ${status} on ${name}.`);
  return JSON.parse(readFileSync(`${ROOT}${out}/report.json`, 'utf8'));
}
