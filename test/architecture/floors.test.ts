import { describe, expect, test } from 'vitest';
import { violations } from './floors.js';
import { sources } from './sources.js';

const sound: readonly (readonly [string, string])[] = [
  ['model/rule.ts', 'export interface Rule {}\n'],
  ['errors/smart-enrolments-error.ts', 'export class Fault extends Error {}\n'],
  ['rules/build.ts', "import type { Rule } from '../model/rule.js';\nexport const rules: Rule[] = [];\n"],
  ['repositories/learners.ts', "import type { Rule } from '../model/rule.js';\nexport type R = Rule;\n"],
  ['validate/seam.ts', "import type { R } from '../repositories/learners.js';\nexport type S = R;\n"],
  ['validate/parse.ts', "import * as z from 'zod';\nexport const parse = z.string();\n"],
  ['catalog/evolve.ts', "import { Immer } from 'immer';\nexport const immer = new Immer();\n"],
  ['engine/plan.ts', "import { sha256 } from '@noble/hashes/sha2.js';\nexport const hash = sha256;\n"],
  ['engine/operations/apply.ts', 'export const apply = 1;\n'],
  ['sql/statement/id.ts', 'export const id = 1;\n'],
  ['sql/store/b.ts', "export { id as b } from '../statement/id.js';\n"],
  ['sql/c.ts', "export { b as c } from './store/b.js';\n"],
  ['memory/index.ts', "export { store } from './store.js';\n"],
  ['memory/store.ts', 'export const store = 1;\n'],
  ['index.ts', "export { hash } from './engine/plan.js';\nexport type { Rule } from './model/rule.js';\n"],
];

describe('the floors of src', () => {
  test('every file of src obeys the rules of its floor', () => {
    const files = sources();
    expect(files.size).toBeGreaterThan(20);
    expect(violations(files)).toEqual([]);
  });
});

describe('the check of floors', () => {
  test('the check of floors accepts valid sources', () => {
    expect(violations(new Map(sound))).toEqual([]);
  });

  test.each([
    ['an import up', 'model/up.ts', "import type { a } from '../rules/build.js';", 'not on a lower floor'],
    ['an import up by re-export', 'model/up.ts', "export { a } from '../rules/build.js';", 'not on a lower floor'],
    ['an import up by type', 'model/up.ts', "export type A = import('../rules/build.js').A;", 'not on a lower floor'],
    ['a dynamic import up', 'rules/up.ts', "export const a = import('../catalog/evolve.js');", 'not on a lower floor'],
    ['an import across', 'rules/across.ts', "import { parse } from '../validate/parse.js';", 'not on a lower floor'],
    [
      'an engine that imports memory',
      'engine/a.ts',
      "import { store } from '../memory/store.js';",
      'not on a lower floor',
    ],
    ['a part that imports a later one', 'sql/statement/a.ts', "import { b } from '../store/b.js';", 'is a later part'],
    [
      'an engine part that imports a later one',
      'engine/limits/a.ts',
      "import { apply } from '../operations/apply.js';",
      'is a later part',
    ],
    ['a part that imports a loose file', 'sql/store/a.ts', "import { c } from '../c.js';", 'is a later part'],
    ['a door imported from inside', 'engine/a.ts', "import { hash } from '../index.js';", 'not on a lower floor'],
    ['code among the interfaces', 'repositories/a.ts', 'export const a = 1;', 'has code'],
    [
      'an import of code among the interfaces',
      'repositories/a.ts',
      "import '../errors/smart-enrolments-error.js';",
      'has code',
    ],
    ['an import of a missing file', 'rules/a.ts', "import { b } from './b.js';", 'does not exist'],
    ['an import without its ending', 'rules/a.ts', "import { b } from './build';", 'without the ending'],
    ['zod outside validate', 'rules/a.ts', "import { z } from 'zod';", 'only validate may'],
    ['zod by a subpath', 'engine/a.ts', "import { z } from 'zod/mini';", 'only validate may'],
    ['immer outside catalog', 'reconcile/a.ts', "import { produce } from 'immer';", 'only catalog may'],
    ['hashes outside the engine', 'memory/a.ts', "import { a } from '@noble/hashes/sha2.js';", 'only engine may'],
    ['another package', 'engine/a.ts', "import a from 'lodash';", 'not allowed anywhere'],
    ['a node module', 'memory/a.ts', "import { hash } from 'node:crypto';", 'not every runtime'],
    ['a star export', 'rules/a.ts', "export * from './build.js';", 'export *'],
    ['a named star export', 'rules/a.ts', "export * as a from './build.js';", 'export *'],
    ['a default function', 'rules/a.ts', 'export default function a() {}', 'default export'],
    ['a default value', 'rules/a.ts', 'export default 1;', 'default export'],
    ['a default by name', 'rules/a.ts', 'const a = 1; export { a as default };', 'default export'],
    ['a long file', 'rules/a.ts', '\n'.repeat(251), 'has 251 lines'],
    ['an unknown floor', 'cellar/a.ts', 'export const a = 1;', 'no known floor'],
    ['an unknown file at the top', 'other.ts', 'export const a = 1;', 'no known floor'],
    ['a name in camel case', 'rules/fieldColumn.ts', 'export const a = 1;', 'kebab-case'],
    ['a vague name', 'rules/utils.ts', 'export const a = 1;', 'vague name'],
  ])('the check of floors finds %s', (_, path, text, words) => {
    const found = violations(new Map([...sound, [path, text]]));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(`${path}: `);
    expect(found[0]).toContain(words);
  });

  test('the check of floors finds files that import each other, even by type', () => {
    const added: readonly (readonly [string, string])[] = [
      ['rules/a.ts', "import type { B } from './b.js';\nexport type A = B;\n"],
      ['rules/b.ts', "import type { C } from './c.js';\nexport type B = C;\n"],
      ['rules/c.ts', "export type C = import('./a.js').A;\n"],
      ['rules/d.ts', "import type { A } from './a.js';\nexport type D = A;\n"],
    ];
    expect(violations(new Map([...sound, ...added]))).toEqual([
      'rules/a.ts: imports itself through rules/b.ts, rules/c.ts, rules/a.ts',
      'rules/b.ts: imports itself through rules/c.ts, rules/a.ts, rules/b.ts',
      'rules/c.ts: imports itself through rules/a.ts, rules/b.ts, rules/c.ts',
    ]);
  });
});
