/** A floor, what of it is mutated, and the tests that have to notice. */
export interface Shard {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  /** The least share of its mutants, in per cent, that must be killed or run into the time limit. */
  readonly threshold: number;
}

const property = (...names: readonly string[]): string[] => names.map((name) => `test/properties/${name}.test.ts`);

/** Every floor on which there is code to mutate, the lowest of them first to last as a full run takes them. */
export const SHARDS: readonly Shard[] = [
  {
    name: 'model',
    mutate: ['src/{model,errors,text,collections}/**/*.ts'],
    tests: ['test/{errors,text,collections}/**/*.test.ts'],
    threshold: 95,
  },
  {
    name: 'rules',
    mutate: ['src/rules/**/*.ts'],
    tests: ['test/rules/**/*.test.ts', ...property('columns-are-recursive', 'rule-algebra')],
    threshold: 95,
  },
  { name: 'validate', mutate: ['src/validate/**/*.ts'], tests: ['test/validate/**/*.test.ts'], threshold: 95 },
  {
    name: 'catalog',
    mutate: ['src/catalog/**/*.ts'],
    tests: ['test/catalog/**/*.test.ts', 'test/reconcile/**/*.test.ts', ...property('compiled-again')],
    threshold: 95,
  },
  {
    name: 'reconcile',
    mutate: ['src/reconcile/**/*.ts'],
    tests: ['test/reconcile/**/*.test.ts', ...property('diff-round-trip', 'compiled-again')],
    threshold: 95,
  },
  { name: 'memory', mutate: ['src/memory/**/*.ts'], tests: ['test/memory/**/*.test.ts'], threshold: 85 },
  { name: 'engine', mutate: ['src/engine/**/*.ts'], tests: ['test/engine/**/*.test.ts'], threshold: 85 },
];
