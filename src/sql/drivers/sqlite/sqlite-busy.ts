import type { SqliteConnection } from './sqlite-connection.js';

const PAUSE = 5;
/** SQLITE_BUSY and the extended codes for which waiting helps: it does not for SQLITE_BUSY_SNAPSHOT. */
const BUSY_CODES: readonly unknown[] = [5, 261, 'SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY'];

/** Runs `attempt` again, every few milliseconds, while another connection or process holds the lock that it needs. */
export async function retryingWhileBusy<T>(timeout: number, attempt: () => T | Promise<T>): Promise<T> {
  const until = Date.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= until) throw busyError(timeout, error);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Runs `attempt` without SQLite's own waiting, which blocks the process. */
export function withoutBusyTimeout<T>(connection: SqliteConnection, attempt: () => T): T {
  const [found] = connection.all('PRAGMA busy_timeout', []) as { readonly timeout?: unknown }[];
  const previous = Number(found?.timeout ?? 0);
  if (previous === 0) return attempt();
  connection.all('PRAGMA busy_timeout = 0', []);
  try {
    return attempt();
  } finally {
    connection.all(`PRAGMA busy_timeout = ${previous}`, []);
  }
}

/** Whether SQLite reports that another connection or process holds the lock that a statement needs. */
function isBusy(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { readonly code?: unknown; readonly errcode?: unknown };
  return BUSY_CODES.includes(code) || BUSY_CODES.includes(errcode);
}

/** The error after the busy timeout. */
function busyError(timeout: number, cause: unknown): Error {
  return new Error(
    `Another connection or process held this SQLite database for longer than ${timeout} ms. Retry, or increase busyTimeout.`,
    { cause },
  );
}
