import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { compileProgram } from './compile-program.js';

const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

describe('a host that compiles against the packed types', () => {
  test.each([
    ['program.mts', 'node16', 'node16'],
    ['program.cts', 'node16', 'node16'],
    ['program.ts', 'esnext', 'bundler'],
    ['program.ts', 'commonjs', 'node'],
  ])('as %s with module %s and resolution %s', (name, module, resolution) => {
    expect(compileProgram(compiler, name, module, resolution)).toBe('');
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
