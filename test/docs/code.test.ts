import { readFileSync } from 'node:fs';
import { basename } from 'node:path/posix';
import { expect, test } from 'vitest';
import { allBlocksOf, type Block, blocksOf, saidBy } from './blocks.js';
import { faultsOf } from './compile.js';
import { DOCUMENTS, NOT_RUN, OWN_TESTS, runHere, WALKS, walked } from './walks.js';

const blocks = DOCUMENTS.flatMap((path) => blocksOf(path, 'ts'));

test('every TypeScript block of the documents compiles, and the check finds one that does not', () => {
  expect(blocks.length).toBeGreaterThan(50);
  const wrong: Block = {
    name: 'wrong',
    file: 'wrong/wrong.ts',
    heading: '',
    language: 'ts',
    code: "import { field } from 'smart-enrolments';\n\nexport const rule = field('site').is('Bristol');\n",
  };
  const faults = faultsOf([...blocks, wrong]);
  expect(faults).toEqual([expect.stringContaining("wrong, line 3 of the block: Property 'is' does not exist")]);
});

test('every TypeScript block of the documents runs in these tests, in a walk or in its own test, or is listed with a reason', () => {
  const own = Object.keys(OWN_TESTS).flatMap((document) => blocksOf(document, 'ts'));
  const run = new Set([...DOCUMENTS.flatMap(runHere), ...WALKS.flatMap(walked), ...own].map(({ name }) => name));
  const left = blocks.filter(({ name }) => !run.has(name)).map(({ file }) => file);
  expect(left.sort()).toEqual(Object.keys(NOT_RUN).sort());
  for (const [document, path] of Object.entries(OWN_TESTS))
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toContain(document);
  for (const { document, headings = [] } of WALKS) {
    const known = allBlocksOf(document).map(({ heading }) => heading);
    expect(headings.filter((heading) => !known.includes(heading))).toEqual([]);
  }
});

test('the code of the documents is only in languages that are checked', () => {
  const languages = new Set(DOCUMENTS.flatMap(allBlocksOf).map(({ language }) => language));
  expect([...languages].sort()).toEqual(['ini', 'mermaid', 'prisma', 'sh', 'sql', 'text', 'ts']);
});

test('every block shows what it prints, or another block of its document imports it', () => {
  const imported = ({ file, name }: Block): boolean => {
    const from = `'./${basename(file).replace(/ts$/, 'js')}'`;
    return blocks.some((other) => other.name.split(':')[0] === name.split(':')[0] && other.code.includes(from));
  };
  const mute = blocks.filter((block) => !saidBy(block) && !/\.test\.m?ts$/.test(block.file) && !imported(block));
  expect(mute.map(({ name }) => name)).toEqual([]);
});
