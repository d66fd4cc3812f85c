import { fromPg, type SqlDriver } from '../../../src/sql/index.js';
import type { peer } from '../peer.js';

/** Runs work in a transaction that a host begins on a client of a pg pool. */
export async function inPgTransaction(
  pool: ReturnType<typeof peer>,
  work: (tx: SqlDriver) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await work(fromPg(client));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
