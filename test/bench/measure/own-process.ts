import { spawn } from 'node:child_process';
import type { Findings } from '../report/findings.js';

/** Runs a part of a benchmark in its own process, which returns its result with `handBack`. */
export function inOwnProcess(argv: readonly string[]): Promise<Findings> {
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    let findings: Findings | undefined;
    child.on('message', (message) => {
      findings = message as Findings;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (findings && code === 0) resolve(findings);
      else reject(new Error(`${argv.join(' ')} exited with code ${code}.`));
    });
  });
}

/** Sends the result to the parent process, and exits. */
export function handBack(findings: Findings): void {
  process.send?.(findings, () => process.exit());
}
