import { configDefaults, defineConfig } from 'vitest/config';
import whole from './vitest.config.js';

const { projects: _, ...shared } = whole.test!;

/** Suites that take seconds each: properties, simulations, databases, whole documents, examples and real data. */
const SLOW = [
  'test/{examples,hostile,properties,real-data}/**',
  'test/docs/{code,guides,on-sql}.test.ts',
  'test/engine/memory.test.ts',
  'test/sql/**/{as-stored-edges,pglite}.test.ts',
  'test/testkit/{broken/**,custom-adapter.test.ts,node-test.test.ts,simulation.test.ts}',
];

// The inner loop: the project "unit" of vitest.config.ts without its slow suites. `npm test` runs all of them.
export default defineConfig({
  ...whole,
  test: {
    ...shared,
    name: 'unit',
    isolate: false,
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/{package,reference,servers,typescript}/**', ...SLOW],
  },
});
