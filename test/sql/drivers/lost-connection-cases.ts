import { describe, expect, test } from 'vitest';
import type { SqlDriver } from '../../../src/sql/driver.js';
import type { Given, Traits } from './driver-contract.js';
import { testIf } from './test-if.js';

/** What happens when the server ends the connection of a transaction. */
export function lostConnectionCases(given: Given, { dialect, mending = true }: Traits): void {
  const lose = async (tx: SqlDriver): Promise<string> => {
    const text = dialect === 'postgres' ? 'SELECT pg_terminate_backend(pg_backend_pid())' : 'KILL CONNECTION_ID()';
    return tx.query(text).then(
      () => 'answered',
      () => 'lost',
    );
  };

  describe('a connection that is lost', () => {
    test('takes its transaction with it', async () => {
      const { driver, observer } = given.harness;
      let outcome = '';
      const work = async (tx: SqlDriver): Promise<void> => {
        await given.insert(tx, 1);
        outcome = await lose(tx);
        await given.insert(tx, 2);
      };
      await expect(driver.transaction(work)).rejects.toThrow();
      expect(outcome).toBe('lost');
      expect(await given.ids(observer)).toEqual([]);
    });

    test('inside a savepoint is lost around it too', async () => {
      const { driver, observer } = given.harness;
      let outcome = '';
      const work = async (tx: SqlDriver): Promise<void> => {
        await given.insert(tx, 1);
        await tx
          .transaction(async (inner) => {
            outcome = await lose(inner);
            throw new Error('inner');
          })
          .catch(() => undefined);
        await given.insert(tx, 2).catch(() => undefined);
      };
      await expect(driver.transaction(work)).rejects.toThrow();
      expect(outcome).toBe('lost');
      expect(await given.ids(observer)).toEqual([]);
    });

    test('before COMMIT is an error, even if its work does not notice', async () => {
      const { driver, observer } = given.harness;
      let outcome = '';
      const work = async (tx: SqlDriver): Promise<void> => {
        await given.insert(tx, 1);
        outcome = await lose(tx);
      };
      await expect(driver.transaction(work)).rejects.toThrow();
      expect(outcome).toBe('lost');
      expect(await given.ids(observer)).toEqual([]);
    });

    testIf(mending)('leaves those after it well', async () => {
      const { driver } = given.harness;
      for (let i = 0; i < 5; i++) await expect(driver.transaction(lose)).rejects.toThrow();
      await Promise.all([3, 4, 5, 6].map((id) => driver.transaction((tx) => given.insert(tx, id))));
      expect(await given.ids()).toEqual([3, 4, 5, 6]);
    });
  });
}
