import fc from 'fast-check';
import { afterEach, inject, vi } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Which run it is of this thread: see `kept-worker.ts`. */
    readonly run: number;
  }
}

// A mutant is killed by the first counterexample: none is shrunk.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

const thread = globalThis as { mutationRun?: { readonly number: number; killed: boolean } };
if (thread.mutationRun?.number !== inject('run')) {
  // Nothing that another mutant has left in a module is there in the next run.
  vi.resetModules();
  thread.mutationRun = { number: inject('run'), killed: false };
}
const run = thread.mutationRun!;

// Vitest loads the other files although none of their tests is run after one that failed: that would take most of the time.
if (run.killed) throw new Error('This mutant has been killed.');
afterEach(({ task }) => {
  if (task.result?.state === 'fail') run.killed = true;
});
