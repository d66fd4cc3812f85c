import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Loads a driver or client of `test/servers/package.json`; the project itself does not depend on it, not even on its types. */
// biome-ignore lint/suspicious/noExplicitAny: see above; test/servers/types checks them, where they are installed.
export function peer(name: string): any {
  return require(name);
}
