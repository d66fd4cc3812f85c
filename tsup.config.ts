import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    core: 'src/core.ts',
    memory: 'src/memory/index.ts',
    sql: 'src/sql/index.ts',
    testkit: 'src/testkit/index.ts',
    'model-based': 'src/testkit/model-based/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  // In both formats, so that one class is one class in every subpath.
  splitting: true,
  treeshake: true,
  // tsup would strip `node:`, which some modules only answer to.
  removeNodeProtocol: false,
  // tsup hands the compiler an option that TypeScript 6 calls deprecated.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  clean: true,
  silent: true,
});
