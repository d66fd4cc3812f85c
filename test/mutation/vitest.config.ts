import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SHARDS } from './shards.js';

// Read inside Stryker's sandbox, which has the sources, mutated, and the tests at the same places.
const shard = SHARDS.find(({ name }) => name === process.env.MUTATION_SHARD);
if (!shard) throw new Error('MUTATION_SHARD names no shard: run `npm run mutation`.');

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  test: {
    include: [...shard.tests],
    setupFiles: ['test/setup.ts'],
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
