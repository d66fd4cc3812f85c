import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test("the wrappers accept the clients by the clients' own types", () => {
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const project = fileURLToPath(new URL('types', import.meta.url));
  const compile = (): string => execFileSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
  expect(compile()).toBe('');
});
