import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { install } from '../tooling/install.js';

const HERE = new URL('./', import.meta.url);
/** The folder of the bundled sections: beside the packages of the peers, so that imports find them. */
export const BUILT = new URL('node_modules/.cache/bench/', HERE);

/** Installs the peers if they are missing, and bundles the sections: the benchmark measures plain JavaScript, as hosts run it. */
export async function prepare(): Promise<void> {
  install(HERE, 'the peers', ['@duckdb/node-api']);
  await build({
    absWorkingDir: fileURLToPath(HERE),
    entryPoints: ['section.ts', 'sections/*.ts'],
    outdir: fileURLToPath(BUILT),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
}
