import { CASES } from './cases/index.js';
import { aFunction, checkOptions, milliseconds, texts } from './check-options.js';
import type { ContractCase } from './contract-case.js';
import { runCase } from './run-case.js';
import type { RowMethod, World } from './world.js';

/** One promise of the repositories' interface, ready to be run. */
export interface Case {
  /** The id to list in `knownGaps`; it does not change between versions. */
  readonly id: string;
  /** The promise, as a sentence. */
  readonly title: string;
  /** Resolves if the adapter keeps the promise; otherwise rejects with an error that names the promise. */
  run(): Promise<void>;
}

/** Options of {@link repositoriesContract}. */
export interface ContractOptions {
  /** Creates a fresh world without learners, courses, segments or links. Called once for each case. */
  create(): Promise<World>;
  /** Ids of cases that are known to fail. A listed case that passes is an error, so that the list stays current. */
  readonly knownGaps?: readonly string[];
  /** The optional methods that the worlds have; cases that need other ones are left out. Default: none. */
  readonly methods?: readonly RowMethod[];
  /** The time limit for one case, in milliseconds. Default: 10,000. */
  readonly timeout?: number;
}

const TIMEOUT = 10_000;

/**
 * Returns one case for each promise of the repositories' interface. Throws if `knownGaps` has an unknown id.
 * @throws `invalid_input` for options that are not as described.
 */
export function repositoriesContract(options: ContractOptions): Case[] {
  checkOptions(options, { create: aFunction }, { knownGaps: texts, methods: texts, timeout: milliseconds });
  const { create, knownGaps = [], methods = [], timeout = TIMEOUT } = options;
  const cases = CASES.filter(({ needs }) => needs === undefined || methods.includes(needs));
  const gaps = new Set(knownGaps);
  const unknown = [...gaps].filter((id) => !cases.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`No case has the id ${unknown.join(', ')}. Remove it from knownGaps.`);
  return cases.map((definition) =>
    gaps.has(definition.id)
      ? { id: definition.id, title: `${definition.title} (known gap)`, run: () => runGap(create, definition, timeout) }
      : { id: definition.id, title: definition.title, run: () => runCase(create, definition, timeout) },
  );
}

async function runGap(create: ContractOptions['create'], definition: ContractCase, timeout: number): Promise<void> {
  const kept = await runCase(create, definition, timeout).then(
    () => true,
    () => false,
  );
  if (kept)
    throw new Error(`The known gap "${definition.id}" now passes. Remove it from knownGaps. (${definition.title})`);
}
