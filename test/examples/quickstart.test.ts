import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { blocksOf, collapsed } from '../docs/blocks.js';

afterEach(() => {
  vi.restoreAllMocks();
});

test('the quick start prints what the README shows', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import('../../examples/quickstart/main.js');
  const output = log.mock.calls.map(([line]) => String(line)).join(' ');
  // The README breaks the long line.
  expect(output).toBe(collapsed(blocksOf('README.md', 'ts')[0]!.beneath!));
});

test("the README's quick start is identical to the example", () => {
  const example = readFileSync(new URL('../../examples/quickstart/main.ts', import.meta.url), 'utf8');
  expect(blocksOf('README.md', 'ts')[0]!.code).toBe(example);
});
