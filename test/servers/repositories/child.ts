import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Message, Task } from './worker.js';

/** Another process with its task. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with the first defined result of `find` for its messages; rejects if the process ends or fails before. */
  received<T>(find: (message: Message) => T | undefined): Promise<T>;
  readonly ended: Promise<void>;
  /** Kills it with SIGKILL. */
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
    received: (find) =>
      new Promise((resolve, reject) => {
        child.on('message', (message: Message) => {
          const found = find(message);
          if (found !== undefined) resolve(found);
          else if ('failed' in message) reject(new Error(message.failed));
        });
        void ended.then(() => reject(new Error('The process ended without the expected message.')));
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
