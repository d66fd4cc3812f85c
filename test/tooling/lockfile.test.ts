import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faults, type Lockfile } from './lockfile.js';

const integrity = 'sha512-x';

const root = new URL('../../', import.meta.url);
const locks = ['', ...folders('test/'), ...folders('examples/')].map((folder) => `${folder}package-lock.json`);

/** The folders with packages of their own. */
function folders(parent: string): string[] {
  const names = readdirSync(new URL(parent, root)).map((name) => `${parent}${name}/`);
  return names.filter((folder) => existsSync(new URL(`${folder}package-lock.json`, root)));
}

describe('the lockfiles', () => {
  test('the project and the folders with their own packages have lockfiles', () => {
    expect(locks.length).toBeGreaterThan(5);
  });

  test.each(locks)('%s can be installed everywhere, from any registry', (path) => {
    const lock: Lockfile = JSON.parse(readFileSync(new URL(path, root), 'utf8'));
    expect(Object.keys(lock.packages).length).toBeGreaterThan(3);
    expect(faults(lock)).toEqual([]);
  });
});

describe('the check of the lockfile', () => {
  test('the check of the lockfile finds an optional dependency on its own level or above', () => {
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

  test('the check of the lockfile lists what is missing and what is superfluous', () => {
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
