import { spawn } from 'node:child_process';
import type { Findings } from '../report/findings.js';

/** Runs a part of a benchmark in a process of its own, which hands back what it found by `handBack`. */
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
      else reject(new Error(`${argv.join(' ')} ended with ${code}.`));
    });
  });
}

/** Hands what was found to the process that started this one, and ends. */
export function handBack(findings: Findings): void {
  process.send?.(findings, () => process.exit());
}
