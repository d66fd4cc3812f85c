import type { SqlParameter } from '../driver.js';

/**
 * Begins a transaction by statements on one connection, runs `body`, and commits, or rolls back and rejects with its error.
 * Where not even that can be done `unfit` is told, for the connection is not fit for anybody else then.
 */
export async function beginAndCommit(
  run: (text: string, parameters: readonly SqlParameter[]) => Promise<unknown>,
  begin: readonly string[],
  body: () => Promise<void>,
  unfit: (error: Error) => void,
): Promise<void> {
  try {
    for (const statement of begin) await run(statement, []);
    await body();
    await run('COMMIT', []);
  } catch (error) {
    await run('ROLLBACK', []).catch(unfit);
    throw error;
  }
}
