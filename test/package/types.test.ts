import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, inject, test } from 'vitest';
import { compileProgram } from './compile-program.js';
import { settingsOf } from './settings.js';

const api = fileURLToPath(new URL('../../api/', import.meta.url));
const compiler = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

describe('a host that compiles against the packed types', () => {
  test.each(settingsOf(ts.version))(
    'a host compiles %s against the packed types, with module %s and moduleResolution %s',
    (...setting) => {
      expect(compileProgram(compiler, ...setting)).toBe('');
    },
  );
});

describe('the packed types', () => {
  test('the packed types name nothing of the dependencies', () => {
    const dist = join(inject('consumer'), 'node_modules/smart-enrolments/dist');
    const declarations = readdirSync(dist).filter((name) => /\.d\.c?ts$/.test(name));
    expect(declarations.length).toBeGreaterThanOrEqual(6);
    for (const name of declarations) {
      const text = readFileSync(join(dist, name), 'utf8');
      expect(text, name).not.toMatch(/\b(zod|immer|noble)\b/i);
      expect([...text.matchAll(/from '([^']+)'/g)].filter(([, from]) => !from!.startsWith('./'))).toEqual([]);
    }
  });

  // Under Node 10, `typesVersions` gives ES modules the files of CommonJS: a subpath has one declaration file there, and a type has to
  // be that of every other subpath.
  test('the packed types are the same for ES modules and CommonJS', () => {
    const dist = join(inject('consumer'), 'node_modules/smart-enrolments/dist');
    const withoutHashes = (text: string) => text.replace(/-[\w-]{8}(?=\.)/g, '');
    const declarations = (ending: string) =>
      readdirSync(dist)
        .filter((name) => name.endsWith(ending))
        .map((name) => [withoutHashes(name).slice(0, -ending.length), readFileSync(join(dist, name), 'utf8')] as const)
        .map(([name, text]) => ({ name, text: withoutHashes(text).replaceAll(".cjs'", ".js'") }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(declarations('.d.cts')).toEqual(declarations('.d.ts'));
    expect(declarations('.d.ts').map(({ name }) => name)).toContain('core');
  });

  // The two symbols that set an id and a matcher apart from plain text and plain objects.
  const marks = ['isCompiled', 'kind'];

  test('the packed types of the core show nothing of the inside of a matcher', () => {
    const dist = join(inject('consumer'), 'node_modules/smart-enrolments/dist');
    const reports = readdirSync(api).map((name) => readFileSync(`${api}${name}`, 'utf8'));
    const exported = new Set(reports.flatMap((text) => declaredBy(text, 'export ')));
    for (const ending of ['.d.ts', '.d.cts']) {
      const names = new Set(declaredIn(dist, `core${ending}`));
      expect(names).toContain('Matcher');
      expect([...names].filter((name) => !exported.has(name)).sort()).toEqual(marks);
    }
  });
});

/** The names of what a text declares at the top, after this keyword. */
function declaredBy(text: string, keyword: string): string[] {
  const kinds = '(?:abstract )?(?:interface|type|class|function|const|enum|namespace)';
  return [...text.matchAll(new RegExp(`^${keyword}${kinds} (\\w+)`, 'gm'))].map(([, name]) => name!);
}

/** The names of all that a declaration file declares, and the files that it imports. */
function declaredIn(dist: string, name: string): string[] {
  const text = readFileSync(join(dist, name), 'utf8');
  const imported = new Set([...text.matchAll(/from '\.\/([^']+)js'/g)].map(([, path]) => path!));
  return [
    ...declaredBy(text, '(?:declare )?'),
    ...[...imported].flatMap((path) => declaredIn(dist, `${path.replace(/\.(c?)$/, '.d.$1')}ts`)),
  ];
}
