import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { doors } from '../architecture/doors.js';
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

  // The two symbols that set an id and a matcher apart from plain text and plain objects.
  const marks = ['isCompiled', 'kind'];

  test('of the core show nothing of what a matcher is inside', () => {
    const dist = join(inject('consumer'), 'node_modules/smart-enrolments/dist');
    const exported = new Set(doors.flatMap(({ values, types }) => [...values, ...types]));
    for (const ending of ['.d.ts', '.d.cts']) {
      const names = new Set(declaredIn(dist, `core${ending}`));
      expect(names).toContain('Matcher');
      expect([...names].filter((name) => !exported.has(name)).sort()).toEqual(marks);
    }
  });
});

/** The names of all that a declaration file declares, and the files that it imports. */
function declaredIn(dist: string, name: string): string[] {
  const text = readFileSync(join(dist, name), 'utf8');
  const own = text.matchAll(
    /^(?:declare )?(?:abstract )?(?:interface|type|class|function|const|enum|namespace) (\w+)/gm,
  );
  const imported = new Set([...text.matchAll(/from '\.\/([^']+)js'/g)].map(([, path]) => path!));
  return [
    ...[...own].map(([, declared]) => declared!),
    ...[...imported].flatMap((path) => declaredIn(dist, `${path.replace(/\.(c?)$/, '.d.$1')}ts`)),
  ];
}
