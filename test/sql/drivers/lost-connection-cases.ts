import { describe, expect, test } from 'vitest';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import type { Given, Traits } from './driver-contract.js';
import { testIf } from './test-if.js';

/** Cases in which the server ends the connection of a transaction. */
export function lostConnectionCases(given: Given, { dialect, reconnects = true }: Traits): void {
  const lose = async (tx: SqlDriver): Promise<string> => {
    const text = dialect === 'postgres' ? 'SELECT pg_terminate_backend(pg_backend_pid())' : 'KILL CONNECTION_ID()';
    return tx.query(text).then(
      () => 'answered',
      () => 'lost',
    );
  };

  describe('a lost connection', () => {
    test('a lost connection rolls back its transaction', async () => {
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

    test('a connection lost inside a savepoint fails the transaction around it', async () => {
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

    test('a connection lost before COMMIT is an error, even if the work resolves', async () => {
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

    testIf(reconnects)('transactions after a lost connection succeed', async () => {
      const { driver } = given.harness;
      for (let i = 0; i < 5; i++) await expect(driver.transaction(lose)).rejects.toThrow();
      await Promise.all([3, 4, 5, 6].map((id) => driver.transaction((tx) => given.insert(tx, id))));
      expect(await given.ids()).toEqual([3, 4, 5, 6]);
    });
  });
}
