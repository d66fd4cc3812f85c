import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8');
const quoted = [...text.matchAll(/`([\w./-]+)`/g)].map(([, path]) => path!);
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
    expect(properties.filter((name) => !quoted.includes(`test/properties/${name}`))).toEqual([]);
  });
});
