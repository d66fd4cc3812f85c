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
  try {
    await open(async (inside) => {
      tx = enter(inside);
      try {
        answer = { value: await work(tx) };
      } catch (error) {
        refused = { error };
        // Clients understand errors; what else a work may reject with, Knex takes for success.
        throw error instanceof Error ? error : new Error('The work rejected.', { cause: error });
      } finally {
        await tx.end();
      }
      await tx.confirm();
    });
  } catch (error) {
    throw refused ? refused.error : error;
  } finally {
    // A connection that is lost ends the transaction before its work has ended.
    void tx?.end();
  }
  if (refused) throw refused.error;
  if (!answer) throw new Error('The client resolved its transaction without running what it was given.');
  return answer.value;
}
