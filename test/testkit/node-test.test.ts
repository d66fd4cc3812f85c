import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { repositoriesContract } from '../../src/testkit/index.js';
import { memoryWorld } from './memory-world.js';

it('the contract runs under node --test', async () => {
  const script = fileURLToPath(new URL('./node-test/memory.ts', import.meta.url));
  const args = ['--import', 'tsx', '--test', '--test-reporter=tap', script];
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 2 ** 26 });
  const cases = repositoriesContract({ create: memoryWorld });
  for (const { id } of cases) expect(stdout).toMatch(new RegExp(`^ +ok \\d+ - ${id}: `, 'm'));
  expect(stdout).toMatch(/^# fail 0$/m);
});
