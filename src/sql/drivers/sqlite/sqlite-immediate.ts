import type { OpenTransaction } from '../base/connection.js';
import { retryingWhileBusy } from './sqlite-busy.js';

/**
 * Runs `body` in an IMMEDIATE transaction although the client library has already sent its own BEGIN. That transaction holds no locks yet:
 * it is committed, and another one begun, which the library will commit or roll back.
 */
export async function inImmediateTransaction(
  tx: OpenTransaction,
  timeout = 10_000,
  body: (inside: OpenTransaction) => Promise<void>,
): Promise<void> {
  const [previous] = (await tx.run('PRAGMA busy_timeout', [])) as { readonly timeout?: unknown }[];
  await tx.run('PRAGMA busy_timeout = 0', []);
  try {
    await begin(tx, timeout);
    await body(tx);
  } finally {
    await tx.run(`PRAGMA busy_timeout = ${Number(previous?.timeout ?? 0)}`, []);
  }
}

async function begin(tx: OpenTransaction, timeout: number): Promise<void> {
  await tx.run('COMMIT', []);
  try {
    await retryingWhileBusy(timeout, () => tx.run('BEGIN IMMEDIATE', []));
  } catch (error) {
    // The library sends its own ROLLBACK next, which needs an open transaction.
    await tx.run('BEGIN', []);
    throw error;
  }
}
