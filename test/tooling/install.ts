import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Installs what a folder with a package file of its own needs, if any of these is missing in its node_modules: `npm ci` of the project
 * installs none of it.
 */
export function install(folder: URL, what: string, needed: readonly string[]): void {
  if (needed.every((path) => existsSync(new URL(`node_modules/${path}`, folder)))) return;
  const cwd = fileURLToPath(folder);
  console.log(`Missing: ${what}. npm ci in ${relative(process.cwd(), cwd)} installs them, once.`);
  execSync('npm ci', { cwd, stdio: 'inherit' });
}
