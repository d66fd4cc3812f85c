import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { repositoriesContract } from '../../src/testkit/index.js';
import { memoryWorld } from '../testkit/memory-world.js';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const expected = repositoriesContract({ create: memoryWorld }).map(({ id, title }) => `${id}: ${title}`);

/** The kit as an adapter's author has it, from the tarball, under one runner. */
const suite = (runner: string, names: string) => `
import { ${names} } from '${runner}';
import { createMemoryRepositories } from 'smart-enrolments/memory';
import { describeContract, repositoriesContract, simulate } from 'smart-enrolments/testkit';
import { checkAgainstModel } from 'smart-enrolments/testkit/model-based';

async function create() {
  const { host, ...repositories } = createMemoryRepositories();
  const world = { repositories, host, reopen: async () => world };
  return world;
}

describeContract('from the tarball', repositoriesContract({ create }), { describe, it });
it('the packed test kit simulates', async () => {
  const { steps } = await simulate({ create, seed: 1, steps: 200 });
  if (steps !== 200) throw new Error(String(steps));
});
it('the packed test kit checks against the model', () => checkAgainstModel(create, { numRuns: 10 }));
`;

function run(args: readonly string[]): string {
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, VITEST: ___, VITEST_WORKER_ID: ____, ...env } = process.env;
  const options = {
    cwd: inject('consumer'),
    env: { ...env, NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  } as const;
  return execFileSync(process.execPath, [...args], options);
}

describe('the contract kit, packed', () => {
  beforeAll(() => {
    symlinkSync(join(modules, 'vitest'), join(inject('consumer'), 'node_modules', 'vitest'), 'junction');
  });

  test('the packed contract kit runs under node --test', () => {
    const file = join(inject('consumer'), 'kit-node.mjs');
    writeFileSync(file, suite('node:test', 'describe, it'));
    const out = run(['--test', '--test-reporter=tap', file]);
    for (const name of expected) expect(out).toContain(` - ${name}\n`);
    expect(out).toMatch(/^# fail 0$/m);
  });

  test('the packed contract kit runs under vitest', () => {
    writeFileSync(join(inject('consumer'), 'kit.test.mjs'), suite('vitest', 'describe, it'));
    writeFileSync(
      join(inject('consumer'), 'vitest.config.mjs'),
      'export default { test: { include: ["kit.test.mjs"] } };',
    );
    const report = run([join(modules, 'vitest/vitest.mjs'), 'run', '--reporter=json']);
    const { success, numPassedTests, testResults } = JSON.parse(report.slice(report.indexOf('{'))) as Report;
    const passed = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ title }) => title));
    expect(passed).toEqual(expect.arrayContaining(expected));
    expect([success, numPassedTests]).toEqual([true, expected.length + 2]);
  });
});

interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly { readonly title: string }[] }[];
}
