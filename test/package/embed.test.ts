import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { blocksOf, collapsed, saidBy } from '../docs/blocks.js';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

test('the steps of "Embed it in 10 minutes" work literally with the packed package', () => {
  const consumer = inject('consumer');
  const pglite = join(consumer, 'node_modules/@electric-sql/pglite');
  mkdirSync(dirname(pglite), { recursive: true });
  symlinkSync(join(modules, '@electric-sql/pglite'), pglite, 'junction');
  const folder = join(consumer, 'lms');
  mkdirSync(folder);
  // What `npm init -y` writes, as far as it matters.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'lms', version: '1.0.0', type: 'commonjs' }));

  const blocks = blocksOf('docs/embed-in-10-minutes.md', 'ts');
  for (const { file, code } of blocks) writeFileSync(join(folder, basename(file)), code);
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const printed = execFileSync(process.execPath, [join(modules, 'tsx/dist/cli.mjs'), 'main.mts'], {
    ...{ cwd: folder, env: { ...env, NO_COLOR: '1' }, encoding: 'utf8' },
  });
  const main = blocks.find(({ file }) => file.endsWith('/main.mts'));
  expect(collapsed(printed)).toBe(saidBy(main!));
});
