import type { SqlDriver } from '../driver.js';
import type { Inside } from './inside.js';
import type { InsidePlace, Open } from './place.js';

/** Opens a transaction or savepoint, and runs work in it; rejects with the work's own error. */
export async function within<T>(
  open: Open,
  enter: (inside: InsidePlace) => Inside,
  work: (tx: SqlDriver) => Promise<T>,
): Promise<T> {
  let answer: { readonly value: T } | undefined;
  let refused: { readonly error: unknown } | undefined;
  let tx: Inside | undefined;
  let done: Promise<void> | undefined;
  try {
    await open(async (inside) => {
      tx = enter(inside);
      done = run(tx);
      await done;
      // Clients understand errors; what else a work may reject with, Knex takes for success.
      if (refused)
        throw refused.error instanceof Error
          ? refused.error
          : new Error('The work rejected.', { cause: refused.error });
      await tx.confirm();
    });
  } catch (error) {
    // A connection that is lost ends the transaction before its work has ended.
    void tx?.end();
    await done;
    throw refused ? refused.error : error;
  }
  if (refused) throw refused.error;
  if (!answer) throw new Error('The client resolved its transaction without running what it was given.');
  return answer.value;

  async function run(inside: Inside): Promise<void> {
    try {
      answer = { value: await work(inside) };
    } catch (error) {
      refused = { error };
    } finally {
      await inside.end();
    }
  }
}
