import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BUILT } from './prepare.js';
import type { Findings } from './report/findings.js';

/** The sections of the benchmark, in order; each is a file of that name. */
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

/** Runs a section in a process of its own, so that none finds another's garbage or its optimised code. */
export function runSection(name: string): Promise<Findings> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=8192', fileURLToPath(new URL('section.js', BUILT)), name],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  return new Promise((resolve, reject) => {
    let findings: Findings | undefined;
    child.on('message', (message) => {
      findings = message as Findings;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (findings && code === 0) resolve(findings);
      else reject(new Error(`The section ${name} ended with ${code}.`));
    });
  });
}
