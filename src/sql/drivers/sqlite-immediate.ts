import type { InsidePlace } from './place.js';
import { busy, isBusy, pause } from './sqlite-busy.js';

/**
 * Runs `body` in an IMMEDIATE transaction although the client library has already sent its own BEGIN. That transaction holds no locks yet:
 * it is committed, and another one begun, which the library will commit or roll back.
 */
export async function inImmediateTransaction(
  place: InsidePlace,
  timeout = 10_000,
  body: (inside: InsidePlace) => Promise<void>,
): Promise<void> {
  const [previous] = (await place.run('PRAGMA busy_timeout', [])) as { readonly timeout?: unknown }[];
  await place.run('PRAGMA busy_timeout = 0', []);
  try {
    await begin(place, timeout);
    await body(place);
  } finally {
    await place.run(`PRAGMA busy_timeout = ${Number(previous?.timeout ?? 0)}`, []);
  }
}

async function begin(place: InsidePlace, timeout: number): Promise<void> {
  const until = Date.now() + timeout;
  await place.run('COMMIT', []);
  for (;;) {
    try {
      await place.run('BEGIN IMMEDIATE', []);
      return;
    } catch (error) {
      const canRetry = isBusy(error) && Date.now() < until;
      if (!canRetry) {
        // The library sends its own ROLLBACK next, which needs an open transaction.
        await place.run('BEGIN', []);
        throw isBusy(error) ? busy(timeout, error) : error;
      }
    }
    await pause();
  }
}
