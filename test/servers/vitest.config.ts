import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { HAS_MIKRO_ORM, HAS_SQLITE, ONLY_SQLITE } from './node-sqlite.js';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'servers',
    include: ONLY_SQLITE
      ? ['test/servers/**/node-sqlite.test.ts', 'test/servers/repositories/contract.test.ts']
      : ['test/servers/**/*.test.ts'],
    // In CI the job on a newer Node runs these.
    exclude: [
      ...configDefaults.exclude,
      ...(process.env.CI && !HAS_SQLITE ? ['**/node-sqlite.test.ts'] : []),
      ...(process.env.CI && !HAS_MIKRO_ORM ? ['**/mikro-orm.test.ts'] : []),
    ],
    globalSetup: ['test/servers/prepare.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: !process.env.CI,
    maxWorkers: 2,
  },
});
