import fc from 'fast-check';
import { inject, vi } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Which run it is of this thread: see `kept-worker.ts`. */
    readonly run: number;
  }
}

// A mutant is killed by the first counterexample: none is shrunk.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

// Nothing that another mutant has left in a module is there in the next run.
const thread = globalThis as { mutationRun?: number };
if (thread.mutationRun !== inject('run')) vi.resetModules();
thread.mutationRun = inject('run');
