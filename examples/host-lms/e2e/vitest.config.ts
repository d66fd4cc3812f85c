import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../../src/${path}`, import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    alias: [
      { find: /^smart-enrolments$/, replacement: source('index.ts') },
      { find: /^smart-enrolments\/core$/, replacement: source('core.ts') },
      { find: /^smart-enrolments\/sql$/, replacement: source('sql/index.ts') },
    ],
  },
  test: {
    name: 'host-lms',
    include: ['e2e/**/*.test.ts'],
    reporters: ['default', '../../test/reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    allowOnly: !process.env.CI,
    // The steps of a file run in order; each file has its own LMS.
    fileParallelism: false,
    bail: 0,
  },
});
