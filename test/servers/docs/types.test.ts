import { expect, test } from 'vitest';
import type { Block } from '../../docs/blocks.js';
import { faultsOf } from '../../docs/compile.js';
import { WALKS, walked } from '../../docs/walks.js';

test("the code of the guides compiles with the clients' own types", () => {
  // MikroORM's own types are not here; test/docs/clients.d.ts replaces them.
  const code = WALKS.flatMap(walked).filter(
    ({ language, heading }) => language === 'ts' && heading !== 'With MikroORM',
  );
  const wrong: Block = {
    name: 'wrong',
    file: 'wrong/wrong.ts',
    heading: '',
    language: 'ts',
    code: "import pg from 'pg';\n\nexport const pool = new pg.Pool({ max: 'one' });\n",
  };
  const blocks = [...new Map([...code, wrong].map((block) => [block.name, block])).values()];
  const faults = faultsOf(blocks, 'installed');
  expect(faults).toEqual([expect.stringContaining('wrong, line 3 of the block: Type')]);
});
