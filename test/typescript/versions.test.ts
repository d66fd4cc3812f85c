import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileProgram } from '../package/compile-program.js';
import { compilerOf } from './prepare.js';

const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
const versions = Object.keys(dependencies).map((name) => name.replace('typescript-', ''));

describe.each(versions)('TypeScript %s', (version) => {
  test.each(['program.mts', 'program.cts'])('compiles %s of a host against the packed types', (name) => {
    expect(compileProgram(compilerOf(version), name, 'node16', 'node16')).toBe('');
  });
});

// TypeScript 7 no longer has this resolution.
const older = versions.filter((version) => !version.startsWith('7'));

describe.each(older)('TypeScript %s', (version) => {
  test('resolves every subpath as Node 10 does', () => {
    expect(compileProgram(compilerOf(version), 'program.ts', 'commonjs', 'node')).toBe('');
  });
});
