import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faults, type Lockfile } from './lockfile.js';

const integrity = 'sha512-x';

describe('the lockfile', () => {
  test.each([
    ['package-lock.json', 100],
    ['examples/host-lms/package-lock.json', 5],
  ])('%s installs everywhere, from any registry', (path, least) => {
    const lock: Lockfile = JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
    expect(Object.keys(lock.packages).length).toBeGreaterThan(least);
    expect(faults(lock)).toEqual([]);
  });
});

describe('the check of the lockfile', () => {
  test('finds an optional dependency on its own level or above', () => {
    const packages = {
      '': {},
      'node_modules/a': { integrity, optionalDependencies: { 'a-linux': '1' } },
      'node_modules/a-linux': { integrity },
      'node_modules/b': { integrity },
      'node_modules/b/node_modules/c': { integrity, optionalDependencies: { 'a-linux': '1', 'c-linux': '1' } },
      'node_modules/b/node_modules/c/node_modules/c-linux': { integrity },
    };
    expect(faults({ packages })).toEqual([]);
  });

  test('names what is missing or too much', () => {
    const packages = {
      '': { optionalDependencies: { gone: '1' } },
      'node_modules/a': { integrity, optionalDependencies: { 'a-linux': '1' } },
      'node_modules/b': { integrity, resolved: 'somewhere' },
      'node_modules/b/node_modules/a-linux': {},
    };
    expect(faults({ packages })).toEqual([
      'the package names the optional dependency gone, which is not locked',
      'node_modules/a names the optional dependency a-linux, which is not locked',
      'node_modules/b says where it was resolved',
      'node_modules/b/node_modules/a-linux has no integrity hash',
    ]);
  });
});
