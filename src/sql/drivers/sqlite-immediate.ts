import type { InsidePlace } from './place.js';
import { busy, isBusy, pause } from './sqlite-busy.js';

/**
 * Runs `body` in an IMMEDIATE transaction where a library has sent its own BEGIN already, which holds nothing yet: it is
 * closed, and another begun, which the library will commit or roll back.
 */
export async function immediately(
  place: InsidePlace,
  timeout = 10_000,
  body: (inside: InsidePlace) => Promise<void>,
): Promise<void> {
  const [hosts] = (await place.run('PRAGMA busy_timeout', [])) as { readonly timeout?: unknown }[];
  await place.run('PRAGMA busy_timeout = 0', []);
  try {
    await begin(place, timeout);
    await body(place);
  } finally {
    await place.run(`PRAGMA busy_timeout = ${Number(hosts?.timeout ?? 0)}`, []);
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
      const last = isBusy(error) && Date.now() < until;
      if (!last) {
        // What comes next is the library's own ROLLBACK, which needs something to roll back.
        await place.run('BEGIN', []);
        throw isBusy(error) ? busy(timeout, error) : error;
      }
    }
    await pause();
  }
}
