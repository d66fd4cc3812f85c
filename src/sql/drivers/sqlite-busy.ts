import type { SqliteConnection } from './sqlite.js';

const PAUSE = 5;
/** SQLITE_BUSY, and what means the same with a reason. SQLITE_BUSY_SNAPSHOT does not pass by waiting. */
const CODES: readonly unknown[] = [5, 261, 'SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY'];

/**
 * Runs `attempt` again, every few milliseconds, while another connection or process holds what it needs. SQLite itself would wait
 * by blocking the process, so it is told not to, as long as an attempt lasts.
 */
export async function patiently<T>(connection: SqliteConnection, timeout: number, attempt: () => T): Promise<T> {
  const until = Date.now() + timeout;
  for (;;) {
    try {
      return impatiently(connection, attempt);
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= until) throw busy(timeout, error);
    }
    await pause();
  }
}

function impatiently<T>(connection: SqliteConnection, attempt: () => T): T {
  const [hosts] = connection.all('PRAGMA busy_timeout', []) as { readonly timeout?: unknown }[];
  const own = Number(hosts?.timeout ?? 0);
  if (own === 0) return attempt();
  connection.all('PRAGMA busy_timeout = 0', []);
  try {
    return attempt();
  } finally {
    connection.all(`PRAGMA busy_timeout = ${own}`, []);
  }
}

/** Whether SQLite says that somebody else holds what a statement needs. */
export function isBusy(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { readonly code?: unknown; readonly errcode?: unknown };
  return CODES.includes(code) || CODES.includes(errcode);
}

/** What is rejected with when waiting did not help. */
export function busy(timeout: number, cause: unknown): Error {
  return new Error(`Another connection or process held this SQLite database for longer than ${timeout} ms.`, { cause });
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE));
}
