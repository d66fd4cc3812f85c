import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { doors } from '../architecture/doors.js';

/** Runs a script in the consumer's folder with plain Node, and returns what it printed. */
function run(name: string, script: string): unknown {
  const file = join(inject('consumer'), name);
  writeFileSync(file, script);
  return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' }));
}

const faults = `
const raised = async (index, core, memory) => {
  const errors = [];
  const repositories = memory.createMemoryRepositories();
  try { core.evolve(await repositories.catalog.load(), [{ type: 'unlink', linkId: 'gone' }]); } catch (e) { errors.push(e); }
  try { await index.createSmartEnrolments(repositories).apply({ type: 'unlink', linkId: 'gone' }); } catch (e) { errors.push(e); }
  try {
    const change = { saveSegments: [], deleteSegments: [], saveLinks: [], deleteLinks: [] };
    const unsettled = { links: [], courses: [], pass: 'holders' };
    await repositories.catalog.commit(change, { expected: 99, unsettled });
  } catch (e) { errors.push(e); }
  return errors;
};
const codes = ['unknown_link', 'unknown_link', 'catalog_conflict'];
const said = (index, errors) => errors.map((e, i) => [
  e instanceof index.SmartEnrolmentsError, index.isSmartEnrolmentsError(e), index.isSmartEnrolmentsError(e, codes[i]), e.code,
]);`;
const esm = `
import * as index from 'smart-enrolments';
import * as core from 'smart-enrolments/core';
import * as memory from 'smart-enrolments/memory';`;
const cjs = `
const index = require('smart-enrolments');
const core = require('smart-enrolments/core');
const memory = require('smart-enrolments/memory');`;
const own = [
  [true, true, true, 'unknown_link'],
  [true, true, true, 'unknown_link'],
  [true, true, true, 'catalog_conflict'],
];

describe.each(doors)('$subpath', async ({ subpath, source }) => {
  const module: object = await import(/* @vite-ignore */ `../../src/${source}`);
  const names = Object.keys(module).sort();

  test('the subpath can be imported', () => {
    const script = `import * as all from '${subpath}';\nconsole.log(JSON.stringify(Object.keys(all).sort()));`;
    expect(run('import.mjs', script)).toEqual(names);
  });

  test('the subpath can be required', () => {
    const script = `console.log(JSON.stringify(Object.keys(require('${subpath}')).sort()));`;
    expect(run('require.cjs', script)).toEqual(names);
  });
});

describe('errors', () => {
  test('all imported subpaths share one error class', () => {
    const script = `${esm}${faults}
console.log(JSON.stringify(said(index, await raised(index, core, memory))));`;
    expect(run('class.mjs', script)).toEqual(own);
  });

  test('all required subpaths share one error class', () => {
    const script = `${cjs}${faults}
raised(index, core, memory).then((errors) => console.log(JSON.stringify(said(index, errors))));`;
    expect(run('class.cjs', script)).toEqual(own);
  });

  test('each copy of the library recognises the errors of the other', () => {
    const script = `import { createRequire } from 'node:module';${esm}${faults}
const require = createRequire(import.meta.url);
const other = [require('smart-enrolments'), require('smart-enrolments/core'), require('smart-enrolments/memory')];
console.log(JSON.stringify([said(other[0], await raised(index, core, memory)), said(index, await raised(...other))]));`;
    const strange = own.map(([, ...rest]) => [false, ...rest]);
    expect(run('copies.mjs', script)).toEqual([strange, strange]);
  });
});
