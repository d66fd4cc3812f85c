import { CASES } from './cases/index.js';
import { aFunction, checkOptions, milliseconds, texts } from './check-options.js';
import type { Promised } from './promise.js';
import { runCase } from './run-case.js';
import type { RowMethod, World } from './world.js';

/** One promise of the repositories' interface, ready to be run. */
export interface Case {
  /** Names it in `knownGaps`; stays the same from version to version. */
  readonly id: string;
  /** The promise, as a sentence. */
  readonly title: string;
  /** Resolves if the adapter keeps the promise; rejects with an error that names it if not. */
  run(): Promise<void>;
}

/** What the contract is run on. */
export interface ContractOptions {
  /** Makes a fresh world, with no learners, courses, segments or links in it; called once a case. */
  create(): Promise<World>;
  /** Cases that are known to fail: each has to, so that a gap that was closed is taken off the list. */
  readonly knownGaps?: readonly string[];
  /** Which optional methods the worlds have; cases that need another one are left out. Default: none. */
  readonly methods?: readonly RowMethod[];
  /** How long one case may take, in milliseconds. Default 10,000. */
  readonly timeout?: number;
}

const TIMEOUT = 10_000;

/**
 * Makes a case of every promise that a host's repositories give the library. Throws for a known gap that is no case.
 * @throws `invalid_input` for options that are not as described.
 */
export function repositoriesContract(options: ContractOptions): Case[] {
  checkOptions(options, { create: aFunction }, { knownGaps: texts, methods: texts, timeout: milliseconds });
  const { create, knownGaps = [], methods = [], timeout = TIMEOUT } = options;
  const cases = CASES.filter(({ needs }) => needs === undefined || methods.includes(needs));
  const gaps = new Set(knownGaps);
  const unknown = [...gaps].filter((id) => !cases.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`No case has the id ${unknown.join(', ')}: take it off knownGaps.`);
  return cases.map((promised) =>
    gaps.has(promised.id)
      ? { id: promised.id, title: `${promised.title} (known gap)`, run: () => runGap(create, promised, timeout) }
      : { id: promised.id, title: promised.title, run: () => runCase(create, promised, timeout) },
  );
}

async function runGap(create: ContractOptions['create'], promised: Promised, timeout: number): Promise<void> {
  const kept = await runCase(create, promised, timeout).then(
    () => true,
    () => false,
  );
  if (kept) throw new Error(`${promised.id} is a known gap and passes: take it off knownGaps. (${promised.title})`);
}
