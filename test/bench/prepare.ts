import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = new URL('./', import.meta.url);
/** Where the sections stand ready to run: beside the peers, so that they are found. */
export const BUILT = new URL('node_modules/.cache/bench/', HERE);

/** Installs the peers if they are missing, and bundles the sections: what is measured is plain JavaScript, as hosts run it. */
export async function prepare(): Promise<void> {
  const folder = fileURLToPath(HERE);
  if (!existsSync(new URL('node_modules/@duckdb/node-api', HERE))) {
    console.log('The peers are missing: npm ci in test/bench installs them, once.');
    execSync('npm ci', { cwd: folder, stdio: 'inherit' });
  }
  await build({
    absWorkingDir: folder,
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
