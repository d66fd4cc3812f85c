import { fileURLToPath } from 'node:url';
import { inOwnProcess } from './measure/own-process.js';
import { BUILT } from './prepare.js';
import type { Findings } from './report/findings.js';

/** The sections of the benchmark, in order; each is a file with that name. */
export const SECTIONS: readonly string[] = [
  'full',
  'no-op',
  'small-peers',
  'one-learner',
  'in-memory',
  'catalog',
  'growth',
  'adversarial',
  'store-size',
  'flat',
];

/** Runs a section in its own process, so that garbage and optimised code of other sections do not affect it. */
export function runSection(name: string): Promise<Findings> {
  const section = fileURLToPath(new URL('section.js', BUILT));
  return inOwnProcess(['--expose-gc', '--max-old-space-size=8192', section, name]);
}
