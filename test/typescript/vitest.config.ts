import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'typescript',
    include: ['test/typescript/**/*.test.ts'],
    globalSetup: ['test/typescript/prepare.ts', 'test/package/pack.ts'],
    setupFiles: ['test/package/packed.ts'],
    reporters: ['default', './test/reporter.ts'],
    testTimeout: 60_000,
    allowOnly: !process.env.CI,
  },
});
