import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Block, blocksOf } from './blocks.js';
import { faultsOf } from './compile.js';

const docs = readdirSync(new URL('../../docs/', import.meta.url)).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...docs.map((name) => `docs/${name}`)];

test('every TypeScript block of the documents compiles, and one that does not is found', () => {
  const blocks = documents.flatMap((path) => blocksOf(path, 'ts'));
  expect(blocks.length).toBeGreaterThan(5);
  const wrong: Block = {
    name: 'wrong',
    file: 'wrong/wrong.ts',
    code: "import { field } from 'smart-enrolments';\n\nexport const rule = field('site').is('Bristol');\n",
  };
  const faults = faultsOf([...blocks, wrong]);
  expect(faults).toEqual([expect.stringContaining("wrong, line 3 of the block: Property 'is' does not exist")]);
});
