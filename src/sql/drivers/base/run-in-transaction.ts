import type { SqlDriver } from '../../statement/driver.js';
import type { Open, OpenTransaction } from './connection.js';

/** A driver inside a transaction, which {@link runInTransaction} ends. */
interface EndableDriver extends SqlDriver {
  /** Accepts no more statements; resolves when the savepoints inside have ended. */
  end(): Promise<void>;
  /** Rejects if the work resolved but its changes were rolled back, or would be on COMMIT. */
  confirm(): Promise<void>;
}

/** Opens a transaction or savepoint and runs work in it; rejects with the work's own error. */
export async function runInTransaction<T>(
  open: Open,
  makeDriver: (inside: OpenTransaction) => EndableDriver,
  work: (tx: SqlDriver) => Promise<T>,
): Promise<T> {
  let result: { readonly value: T } | undefined;
  let failure: { readonly error: unknown } | undefined;
  let tx: EndableDriver | undefined;
  let done: Promise<void> | undefined;
  try {
    await open(async (inside) => {
      tx = makeDriver(inside);
      done = run(tx);
      await done;
      // Clients handle Errors; Knex treats a rejection with any other value as success.
      if (failure)
        throw failure.error instanceof Error
          ? failure.error
          : new Error('The transaction callback rejected.', { cause: failure.error });
      await tx.confirm();
    });
  } catch (error) {
    // If the connection is lost, the transaction ends before its work has ended.
    void tx?.end();
    await done;
    throw failure ? failure.error : error;
  }
  if (failure) throw failure.error;
  if (!result) throw new Error('The client resolved its transaction without running the callback.');
  return result.value;

  async function run(inside: EndableDriver): Promise<void> {
    try {
      result = { value: await work(inside) };
    } catch (error) {
      failure = { error };
    } finally {
      await inside.end();
    }
  }
}
