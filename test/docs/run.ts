import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Runs a file in a process of its own, as a reader does by `npx tsx`, in its folder, and returns what it prints. */
export async function printedBy(path: string, env: { readonly [name: string]: string } = {}): Promise<string> {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', tsx, basename(path)], {
    cwd: dirname(path),
    // The package's name stands for its source, as everywhere in the tests.
    env: { ...inherited, TSX_TSCONFIG_PATH: `${root}tsconfig.json`, ...env },
  });
  return stdout;
}
