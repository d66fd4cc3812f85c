import type { Case } from './contract.js';

/** What of a test runner is needed: vitest, Jest, Mocha, `node:test` and `bun:test` all have it. */
export interface Runner {
  /** Names a group of tests. */
  describe(name: string, body: () => void): unknown;
  /** Registers one test. */
  it(name: string, body: () => Promise<void>): unknown;
}

/** Registers the cases with a test runner, a test each under one name. */
export function describeContract(name: string, cases: readonly Case[], { describe, it }: Runner): void {
  describe(name, () => {
    for (const { id, title, run } of cases) it(`${id}: ${title}`, () => run());
  });
}
