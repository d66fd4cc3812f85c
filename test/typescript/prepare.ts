import { fileURLToPath } from 'node:url';
import { install } from '../tooling/install.js';

const HERE = new URL('./', import.meta.url);

/** The compiler of this version, as it is installed. */
export const compilerOf = (version: string): string =>
  fileURLToPath(new URL(`node_modules/typescript-${version}/bin/tsc`, HERE));

/** Installs the compilers if they are missing. */
export default function prepare(): void {
  install(HERE, 'the compilers', ['typescript-7.0']);
}
