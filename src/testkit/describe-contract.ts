import { parse } from '../validate/issues.js';
import { aFunction, checkOptions, objects, text } from './check-options.js';
import type { Case } from './contract.js';

/** What of a test runner is needed: vitest, Jest, Mocha, `node:test` and `bun:test` all have it. */
export interface Runner {
  /** Names a group of tests. */
  describe(name: string, body: () => void): unknown;
  /** Registers one test. */
  it(name: string, body: () => Promise<void>): unknown;
}

/**
 * Registers the cases with a test runner, a test each under one name.
 * @throws `invalid_input` for arguments that are not as described.
 */
export function describeContract(name: string, cases: readonly Case[], runner: Runner): void {
  checkOptions({ name, cases }, { name: text, cases: objects });
  parse((issues) => {
    // Some runners are functions, as that of `node:test` is.
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
