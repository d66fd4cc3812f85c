import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Said, Task } from './worker.js';

/** Another process, at a task. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the first thing said of the kind that is found; rejects where it ends, or fails, before. */
  heard<T>(find: (said: Said) => T | undefined): Promise<T>;
  readonly ended: Promise<void>;
  /** With SIGKILL. */
  kill(): Promise<void>;
}

/** Starts a process. */
export function start(task: Task): Child {
  const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [JSON.stringify(task)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    process: child,
    ended,
    heard: (find) =>
      new Promise((resolve, reject) => {
        child.on('message', (said: Said) => {
          const found = find(said);
          if (found !== undefined) resolve(found);
          else if ('failed' in said) reject(new Error(said.failed));
        });
        void ended.then(() => reject(new Error('The process ended without a word.')));
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
