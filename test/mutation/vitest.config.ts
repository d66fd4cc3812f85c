import { fileURLToPath } from 'node:url';
import type { RunnerTestFile } from 'vitest';
import { defineConfig } from 'vitest/config';
import {
  BaseSequencer,
  type Reporter,
  type TestModule,
  type TestProject,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';
import { KEPT } from './kept-worker.js';
import { SHARDS } from './shards.js';

// Read inside Stryker's sandbox, which has the sources, mutated, and the tests at the same places.
const shard = SHARDS.find(({ name }) => name === process.env.MUTATION_SHARD);
if (!shard) throw new Error('MUTATION_SHARD names no shard: run `npm run mutation`.');

/** Files that mock a module: nothing is isolated here, so they have to come before all others that load it. */
const MOCKING = /\/engine\/cost\.test\.ts$/;

/** How long files took, in milliseconds, when all their tests passed. */
const durations = new Map<string, number>();

/** What takes least first, once that is known, and unit tests until then: a mutant that one file kills needs no other. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      MOCKING.test(moduleId) ? -1 : (durations.get(moduleId) ?? (moduleId.includes('/properties/') ? 1000 : 100));
    return files.sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

const timing: Reporter = {
  onTestModuleEnd(module: TestModule) {
    const hasRun = module.ok() && [...module.children.allTests('passed')].length > 0;
    if (hasRun && !durations.has(module.moduleId)) durations.set(module.moduleId, module.diagnostic().duration);
  },
};

/**
 * Under a mutant that lets a file fail as it is loaded there are no tests in it, none of which fails: Stryker would take the
 * mutant for a survivor. So such a file gets a test that failed.
 */
const unloadable: Reporter = {
  onTestModuleEnd(module: TestModule) {
    const { task } = module as unknown as { readonly task: RunnerTestFile };
    if (task.result?.state !== 'fail' || task.tasks.length > 0) return;
    const { result } = task;
    task.tasks.push({
      type: 'test',
      name: 'can be loaded',
      mode: 'run',
      file: task,
      result,
    } as RunnerTestFile['tasks'][0]);
  },
};

/** Stryker asks for threads, whatever is configured: so the pool is set once that is read. */
const keptPool = {
  name: 'kept-pool',
  configureVitest({ project, vitest }: { readonly project: TestProject; readonly vitest: Vitest }) {
    Object.assign(project.config, { pool: KEPT.name, poolRunner: KEPT });
    vitest.onClose(KEPT.close);
  },
};

export default defineConfig({
  plugins: [keptPool],
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    include: [...shard.tests],
    setupFiles: ['test/setup.ts', 'test/mutation/setup.ts'],
    // Nobody reads how tests fail.
    reporters: [timing, unloadable],
    diff: { truncateThreshold: 1, maxDepth: 1 },
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
