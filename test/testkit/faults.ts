import type { Scheduler } from 'fast-check';
import type { Repositories } from '../../src/index.js';
import { type Around, surround } from '../../src/testkit/surround.js';

/** Where repositories fail. */
export interface Fault {
  /** The call that fails, from 0; a transaction counts as one, and so does each call in it. */
  readonly at: number;
  /** Whether it fails before its effect or, the answer being lost, after. */
  readonly when: 'before' | 'after';
  /** Whether every later call fails too. */
  readonly dies: boolean;
}

/** What a failing repository throws: its connection is lost. */
class Crash extends Error {
  readonly code = 'ECONNRESET';
}

/** Repositories that fail as told; `calls` counts. */
export function failing(
  repositories: Repositories,
  { at, when, dies }: Fault,
): { readonly repositories: Repositories; calls(): number } {
  let calls = 0;
  let dead = false;
  const around: Around = async (method, call) => {
    const number = calls++;
    if (dead) throw new Crash(`${method}: dead`);
    if (number !== at) return alive(method, await call());
    if (when === 'after') await call();
    dead = dies;
    throw new Crash(`${method}: ${when} its effect`);
  };
  const alive = <T>(method: string, answer: T): T => {
    if (dead && method !== 'transaction') throw new Crash(`${method}: died meanwhile`);
    return answer;
  };
  return { repositories: surround(repositories, around), calls: () => calls };
}

/** Repositories whose calls wait for the scheduler before they begin and before they answer, so that it decides how operations interleave. */
export function lagging(repositories: Repositories, scheduler: Scheduler): Repositories {
  return surround(repositories, async (method, call) => {
    await scheduler.schedule(Promise.resolve(), `${method} begins`);
    const answer = await call();
    await scheduler.schedule(Promise.resolve(), `${method} answers`);
    return answer;
  });
}

/** Repositories that lag and, at one call, stand still until the gate opens. */
export function stalling(
  repositories: Repositories,
  scheduler: Scheduler,
  { at, when }: Pick<Fault, 'at' | 'when'>,
  gate: Promise<void>,
): Repositories {
  let calls = 0;
  return surround(lagging(repositories, scheduler), async (_, call) => {
    const stalls = calls++ === at;
    if (stalls && when === 'before') await gate;
    const answer = await call();
    if (stalls && when === 'after') await gate;
    return answer;
  });
}

/** Repositories that undo every transaction once and run it again, as a database does after a deadlock. */
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

/** Repositories that note every call that changes something. */
export function noting(repositories: Repositories, writes: string[]): Repositories {
  return surround(repositories, (method, call) => {
    if (/commit|settled|write/u.test(method)) writes.push(method);
    return call();
  });
}

/** Repositories after each of whose calls, once it has been answered, something is looked at. */
export function watching(repositories: Repositories, look: () => Promise<void>): Repositories {
  return surround(repositories, async (method, call) => {
    const answer = await call();
    if (method === 'transaction' || method === 'catalog.commit') await look();
    return answer;
  });
}
