import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { SHARDS } from './shards.js';

// Read inside Stryker's sandbox, which has the sources, mutated, and the tests at the same places.
const shard = SHARDS.find(({ name }) => name === process.env.MUTATION_SHARD);
if (!shard) throw new Error('MUTATION_SHARD names no shard: run `npm run mutation`.');

/** Unit tests first: a mutant that one of them kills needs no property. */
class UnitsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => Number(moduleId.includes('/properties/'));
    return files.sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    include: [...shard.tests],
    setupFiles: ['test/setup.ts', 'test/mutation/setup.ts'],
    // Nobody reads how tests fail.
    reporters: [{}],
    diff: { truncateThreshold: 1, maxDepth: 1 },
    isolate: false,
    sequence: { sequencer: UnitsFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
