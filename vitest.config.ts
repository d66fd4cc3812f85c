import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

// A campaign runs every property far longer than a minute.
const timeout = process.env.FC_RUNS === undefined ? 60_000 : 3_600_000;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const source = (path: string): string => here(`./src/${path}`);

export default defineConfig({
  // As in tsconfig.json: examples import the package by its name, and run without a build.
  resolve: {
    alias: [
      { find: /^smart-enrolments$/, replacement: source('index.ts') },
      { find: /^smart-enrolments\/core$/, replacement: source('core.ts') },
      { find: /^smart-enrolments\/memory$/, replacement: source('memory/index.ts') },
      { find: /^smart-enrolments\/sql$/, replacement: source('sql/index.ts') },
      { find: /^smart-enrolments\/testkit$/, replacement: source('testkit/index.ts') },
      { find: /^smart-enrolments\/testkit\/model-based$/, replacement: source('testkit/model-based/index.ts') },
      { find: /^@electric-sql\/pglite$/, replacement: here('./test/pglite.ts') },
    ],
  },
  test: {
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    testTimeout: timeout,
    hookTimeout: timeout,
    allowOnly: !process.env.CI,
    // Vitest leaves one core idle, which is half of a small machine; and some tests only wait, for what never ends.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Loading the modules anew for each file was more than half of the work.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [
            ...configDefaults.exclude,
            'test/package/**',
            'test/reference/**',
            'test/servers/**',
            'test/typescript/**',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          // Type errors elsewhere are for `npm run types` to find.
          typecheck: { enabled: true, only: true, include: ['test/**/*.test-d.ts'], ignoreSourceErrors: true },
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/pack.ts'],
          setupFiles: ['test/package/packed.ts'],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        // The pure floors: everything below the engine.
        'src/{model,errors,text,collections,repositories,validate,rules,catalog,reconcile}/**': { branches: 95 },
      },
    },
  },
});
