import type { SqlParameter } from '../../statement/driver.js';

/**
 * Begins a transaction by statements on one connection, runs `body` and commits. If `body` rejects, rolls back and rejects with its error.
 * If ROLLBACK fails, calls `onUnusable`: the connection must not be used again.
 */
export async function beginAndCommit(
  run: (text: string, parameters: readonly SqlParameter[]) => Promise<unknown>,
  begin: readonly string[],
  body: () => Promise<void>,
  onUnusable: (error: Error) => void,
): Promise<void> {
  try {
    for (const statement of begin) await run(statement, []);
    await body();
    await run('COMMIT', []);
  } catch (error) {
    await run('ROLLBACK', []).catch(onUnusable);
    throw error;
  }
}
