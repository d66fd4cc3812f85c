import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = fileURLToPath(new URL('./consumer/program.ts', import.meta.url));

/** Compiles the program as a file of this name, and answers what the compiler says of it. */
function compile(name: string, module: string, moduleResolution: string): string {
  const folder = join(inject('consumer'), `${moduleResolution}-${name}`);
  mkdirSync(folder);
  copyFileSync(program, join(folder, name));
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['es2022', 'dom'], types: [], module, moduleResolution },
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, skipDefaultLibCheck: true, noEmit: true },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [name] }));
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    });
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}

describe('a host that compiles against the packed types', () => {
  test.each([
    ['program.mts', 'node16', 'node16'],
    ['program.cts', 'node16', 'node16'],
    ['program.ts', 'esnext', 'bundler'],
  ])('as %s with module %s and resolution %s', (name, module, resolution) => {
    expect(compile(name, module, resolution)).toBe('');
  });
});

describe('the packed types', () => {
  test('name nothing of the packages behind them', () => {
    const dist = join(inject('consumer'), 'node_modules/smart-enrolments/dist');
    const declarations = readdirSync(dist).filter((name) => /\.d\.c?ts$/.test(name));
    expect(declarations.length).toBeGreaterThanOrEqual(6);
    for (const name of declarations) {
      const text = readFileSync(join(dist, name), 'utf8');
      expect(text, name).not.toMatch(/\b(zod|immer|noble)\b/i);
      expect([...text.matchAll(/from '([^']+)'/g)].filter(([, from]) => !from!.startsWith('./'))).toEqual([]);
    }
  });
});
