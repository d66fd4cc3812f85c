import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { blocksOf, collapsed, saidBy } from './blocks.js';

/** Whose blocks run by themselves, each after those before it. The guides to SQL need clients that are not installed here. */
const guides = [
  'embed-in-10-minutes',
  'concepts',
  'preview-limits-and-approval',
  'explain-to-your-users',
  'import-from-hr',
  'migrate-group-enrolments',
  'test-your-host',
  'errors',
  'faq',
];
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

describe.each(guides)('docs/%s.md', (guide) => {
  const blocks = blocksOf(`docs/${guide}.md`, 'ts');
  for (const block of blocks) {
    test(`runs what begins on line ${block.name.split(':')[1]}, and says what it prints`, async () => {
      const path = join(folder, block.file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, block.code);
      if (/\.test\.m?ts$/.test(path)) {
        expect(tested(path)).toMatch(/^# pass [1-9]\d*\n# fail 0$/m);
        return;
      }
      const log = vi.spyOn(console, 'log').mockImplementation(() => {});
      await import(path);
      expect(collapsed(log.mock.calls.map((line) => format(...line)).join(' '))).toBe(saidBy(block));
    });
  }

  test('has blocks, and each is saved under a name of its own', () => {
    expect(blocks.length).toBeGreaterThan(1);
    expect(new Set(blocks.map(({ file }) => file)).size).toBe(blocks.length);
  });
});
