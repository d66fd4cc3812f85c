import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Compiles a folder of `types`, and returns what the compiler reports. */
export function compileTypes(folder: string): string {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const project = fileURLToPath(new URL(folder, import.meta.url));
  return execFileSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
}
