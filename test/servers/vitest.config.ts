import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { HAS_MIKRO_ORM, HAS_SQLITE, ONLY_NEWER } from './newer-node.js';

const SQLITE = '**/node-sqlite.test.ts';
const MIKRO_ORM = '**/mikro-orm*.test.ts';
/** In CI the job on a newer Node runs what this one cannot. */
const leftOut = process.env.CI ? [...(HAS_SQLITE ? [] : [SQLITE]), ...(HAS_MIKRO_ORM ? [] : [MIKRO_ORM])] : [];

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'servers',
    include: ONLY_NEWER
      ? [`test/servers/${SQLITE}`, `test/servers/${MIKRO_ORM}`, 'test/servers/repositories/contract.test.ts']
      : ['test/servers/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...leftOut],
    globalSetup: ['test/servers/prepare.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: !process.env.CI,
    maxWorkers: 2,
  },
});
