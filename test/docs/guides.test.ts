import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { collapsed, saidBy } from './blocks.js';
import { DOCUMENTS, runHere } from './walks.js';

/** Whose blocks run by themselves, each after those before it. What needs other clients, or a server, is walked in test/servers/docs. */
const documents = DOCUMENTS.filter((document) => runHere(document).length > 0);
const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

beforeAll(() => {
  mkdirSync(join(root, '.scratch'), { recursive: true });
  folder = mkdtempSync(join(root, '.scratch', 'docs-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs a file of tests as its reader does, with the runner of Node, and answers how it went. */
function tested(path: string): string {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const args = ['--import', 'tsx', '--test', '--test-reporter=tap', path];
  return execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
}

describe.each(documents)('%s', (document) => {
  const blocks = runHere(document);
  for (const block of blocks) {
    const line = block.name.split(':')[1]!;
    test(`the block on line ${line} runs and prints what its comments show`, async () => {
      // A guide is one story; of this page a reader runs one block or another, and what they share begins anew with each.
      const within = document === 'README.md' ? join(folder, line) : folder;
      const saved = document === 'README.md' ? blocks : [block];
      for (const { file, code } of saved) {
        mkdirSync(dirname(join(within, file)), { recursive: true });
        writeFileSync(join(within, file), code);
      }
      const path = join(within, block.file);
      if (/\.test\.m?ts$/.test(path)) {
        expect(tested(path)).toMatch(/^# pass [1-9]\d*\n# fail 0$/m);
        return;
      }
      const log = vi.spyOn(console, 'log').mockImplementation(() => {});
      await import(path);
      expect(collapsed(log.mock.calls.map((line) => format(...line)).join(' '))).toBe(saidBy(block));
    });
  }

  test('the document has blocks, and each is saved under a unique name', () => {
    expect(blocks.length).toBeGreaterThan(1);
    expect(new Set(blocks.map(({ file }) => file)).size).toBe(blocks.length);
  });
});
