import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
/** What a document has in code font. */
const quotedIn = (document: string): string[] =>
  [...readFileSync(new URL(document, root), 'utf8').matchAll(/`([\w./-]+)`/g)].map(([, text]) => text!);
const pages = readdirSync(new URL('docs/architecture/', root)).map((name) => `docs/architecture/${name}`);
const quoted = ['ARCHITECTURE.md', ...pages].flatMap(quotedIn);
const laws = quotedIn('docs/architecture/laws.md');
const exists = (path: string): boolean => existsSync(new URL(path, root));

/** Whether something in code font is meant as a file. */
const isFile = (path: string): boolean => /\.ts$/.test(path);

describe('the architecture', () => {
  test('every file that ARCHITECTURE.md names exists', () => {
    const files = quoted.filter(isFile);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((path) => !exists(path) && !exists(`src/${path}`))).toEqual([]);
  });

  test('ARCHITECTURE.md names every property test', () => {
    const folder = fileURLToPath(new URL('test/properties/', root));
    const properties = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
    expect(properties.length).toBeGreaterThan(0);
    expect(properties.filter((name) => !laws.includes(`test/properties/${name}`))).toEqual([]);
  });
});

describe('the recipes for contributors', () => {
  test('the recipes name only files that exist', () => {
    const files = quotedIn('CONTRIBUTING.md').filter(isFile);
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((path) => !exists(path))).toEqual([]);
  });
});

describe('the map of the tests', () => {
  test('the map names every folder of test/', () => {
    const folders = readdirSync(new URL('test/', root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const named = quotedIn('test/README.md');
    expect(folders.length).toBeGreaterThan(20);
    expect(folders.filter(({ name }) => !named.includes(`${name}/`)).map(({ name }) => name)).toEqual([]);
  });
});
