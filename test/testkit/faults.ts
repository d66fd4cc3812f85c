import type { Scheduler } from 'fast-check';
import type { Repositories } from '../../src/index.js';
import { type Interceptor, intercept } from '../../src/testkit/intercept.js';

/** The call at which repositories fail. */
export interface Fault {
  /** The call that fails, from 0; a transaction counts as one, and so does each call in it. */
  readonly at: number;
  /** Whether it fails before its effect or after it (the result is lost). */
  readonly when: 'before' | 'after';
  /** Whether every later call fails too. */
  readonly dies: boolean;
}

/** The error of a lost connection. */
class Crash extends Error {
  readonly code = 'ECONNRESET';
}

/** Repositories that fail at the given call; `calls` returns the number of calls. */
export function failing(
  repositories: Repositories,
  { at, when, dies }: Fault,
): { readonly repositories: Repositories; calls(): number } {
  let calls = 0;
  let dead = false;
  const around: Interceptor = async (method, call) => {
    const number = calls++;
    if (dead) throw new Crash(`${method}: dead`);
    if (number !== at) return alive(method, await call());
    if (when === 'after') await call();
    dead = dies;
    throw new Crash(`${method}: ${when} its effect`);
  };
  const alive = <T>(method: string, result: T): T => {
    if (dead && method !== 'transaction') throw new Crash(`${method}: died meanwhile`);
    return result;
  };
  return { repositories: intercept(repositories, around), calls: () => calls };
}

/** Repositories whose calls wait for the scheduler before they begin and before they return, so that it decides the interleaving. */
export function lagging(repositories: Repositories, scheduler: Scheduler): Repositories {
  return intercept(repositories, async (method, call) => {
    await scheduler.schedule(Promise.resolve(), `${method} begins`);
    const result = await call();
    await scheduler.schedule(Promise.resolve(), `${method} returns`);
    return result;
  });
}

/** Lagging repositories that also stall at one call until the gate opens. */
export function stalling(
  repositories: Repositories,
  scheduler: Scheduler,
  { at, when }: Pick<Fault, 'at' | 'when'>,
  gate: Promise<void>,
): Repositories {
  let calls = 0;
  return intercept(lagging(repositories, scheduler), async (_, call) => {
    const stalls = calls++ === at;
    if (stalls && when === 'before') await gate;
    const result = await call();
    if (stalls && when === 'after') await gate;
    return result;
  });
}

/** Repositories that roll back every transaction once and run it again, as a database client does after a deadlock. */
export function retrying(repositories: Repositories): Repositories {
  return {
    ...repositories,
    async transaction(ids, work) {
      const undo = new Crash('deadlock');
      const first = repositories.transaction(ids, async (inside) => {
        await work(inside);
        throw undo;
      });
      await first.catch((error: unknown) => {
        if (error !== undo) throw error;
      });
      return repositories.transaction(ids, work);
    },
  };
}

/** Repositories that record every call that changes something. */
export function recordingWrites(repositories: Repositories, writes: string[]): Repositories {
  return intercept(repositories, (method, call) => {
    if (/commit|settled|write/u.test(method)) writes.push(method);
    return call();
  });
}

/** Repositories that call `look` after each transaction and each commit. */
export function watching(repositories: Repositories, look: () => Promise<void>): Repositories {
  return intercept(repositories, async (method, call) => {
    const result = await call();
    if (method === 'transaction' || method === 'catalog.commit') await look();
    return result;
  });
}
