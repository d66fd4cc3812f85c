import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = new URL('./', import.meta.url);

/** The compiler of this version, as it is installed. */
export const compilerOf = (version: string): string =>
  fileURLToPath(new URL(`node_modules/typescript-${version}/bin/tsc`, HERE));

/** Installs the compilers if they are missing. */
export default function prepare(): void {
  if (existsSync(compilerOf('7.0'))) return;
  console.log('The compilers are missing: npm ci in test/typescript installs them, once.');
  execSync('npm ci', { cwd: fileURLToPath(HERE), stdio: 'inherit' });
}
