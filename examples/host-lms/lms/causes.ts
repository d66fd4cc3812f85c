import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** Who did what; whatever follows from it is written down with it. */
export interface Operation {
  readonly id: string;
  readonly by: string;
  readonly what: string;
}

const current = new AsyncLocalStorage<Operation>();

/** Runs some work as one operation. */
export function because<T>(by: string, what: string, work: () => Promise<T>): Promise<T> {
  return current.run({ id: randomUUID(), by, what }, work);
}

/** The operation that is running; the system's own where none is. */
export function operationNow(): Operation {
  return current.getStore() ?? { id: randomUUID(), by: 'the LMS', what: 'Finished what was interrupted' };
}
