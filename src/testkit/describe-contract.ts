import { parse } from '../validate/issues.js';
import { aFunction, checkOptions, objects, text } from './check-options.js';
import type { Case } from './contract.js';

/** The functions of a test runner that the kit needs: vitest, Jest, Mocha, `node:test` and `bun:test` have them. */
export interface Runner {
  /** Registers a group of tests. */
  describe(name: string, body: () => void): unknown;
  /** Registers one test. */
  it(name: string, body: () => Promise<void>): unknown;
}

/**
 * Registers each case as a test, in one group with this name.
 * @throws `invalid_input` for arguments that are not as described.
 */
export function describeContract(name: string, cases: readonly Case[], runner: Runner): void {
  checkOptions({ name, cases }, { name: text, cases: objects });
  parse((issues) => {
    // Some runners are functions, for example that of `node:test`.
    const given = Object(runner) as Record<keyof Runner, unknown>;
    for (const name of ['describe', 'it'] as const) aFunction(given[name], `runner.${name}`, issues);
  });
  const tests = parse(() => Array.from({ length: cases.length }, (_, i) => cases[i]!));
  for (const one of tests) checkOptions(one, { id: text, title: text, run: aFunction });
  const { describe, it } = runner;
  describe(name, () => {
    for (const { id, title, run } of tests) it(`${id}: ${title}`, () => run());
  });
}
