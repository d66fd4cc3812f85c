import { describe, expect, test } from 'vitest';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import type { Given, Traits } from './driver-contract.js';
import { testIf } from './test-if.js';

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );

/** The promises of a transaction, of a savepoint, and of a transaction of the host's. */
export function transactionCases(given: Given, traits: Traits): void {
  const oops = new Error('oops');
  const fail = (): never => {
    throw oops;
  };

  describe('a transaction', () => {
    test('a transaction commits if its work resolves, and resolves with its result', async () => {
      const { driver } = given.harness;
      const result = await driver.transaction(async (tx) => {
        await given.insert(tx, 1);
        return { ids: await given.ids(tx) };
      });
      expect(result).toEqual({ ids: [1] });
      expect(await given.ids()).toEqual([1]);
    });

    test('a transaction is rolled back if its work rejects, and rejects with the same error', async () => {
      const { driver } = given.harness;
      expect(await caught(driver.transaction((tx) => given.insert(tx, 1).then(fail)))).toBe(oops);
      expect(await caught(driver.transaction(async () => Promise.reject(undefined)))).toBe(undefined);
      expect(await caught(driver.transaction((() => fail()) as () => Promise<void>))).toBe(oops);
      expect(await given.ids()).toEqual([]);
    });

    testIf(traits.dialect === 'postgres')(
      'a transaction rejects and stores nothing if a statement failed on Postgres, even if its work resolved',
      async () => {
        const { driver } = given.harness;
        const work = async (tx: SqlDriver): Promise<void> => {
          await given.insert(tx, 1);
          await caught(given.insert(tx, 1));
        };
        expect(await caught(driver.transaction(work))).toMatchObject({ code: '23505' });
        expect(await given.ids()).toEqual([]);
        await driver.transaction(async (tx) => {
          expect(await caught(tx.transaction(work))).toMatchObject({ code: '23505' });
          await given.insert(tx, 2);
        });
        expect(await given.ids()).toEqual([2]);
      },
    );

    test("a transaction's driver rejects once its work has ended", async () => {
      const { driver } = given.harness;
      let tx: SqlDriver | undefined;
      let inner: SqlDriver | undefined;
      await driver.transaction(async (outer) => {
        tx = outer;
        await outer.transaction(async (savepoint) => {
          inner = savepoint;
        });
        await expect(inner?.query('SELECT 1')).rejects.toThrow(/ended/);
      });
      for (const ended of [tx, inner]) {
        await expect(ended?.query('SELECT 1')).rejects.toThrow(/This transaction has ended/);
        await expect(ended?.transaction(async () => 1)).rejects.toThrow(/This transaction has ended/);
      }
      const failing = async (failed: SqlDriver): Promise<void> => {
        tx = failed;
        fail();
      };
      await caught(driver.transaction(failing));
      await expect(tx?.query('SELECT 1')).rejects.toThrow(/This transaction has ended/);
    });

    test('a failed transaction leaves the client usable for the next, many times over', async () => {
      const { driver } = given.harness;
      for (let i = 1; i <= 30; i++)
        await caught(driver.transaction((tx) => given.insert(tx, i).then(() => (i % 2 ? fail() : undefined))));
      expect((await given.ids()).length).toBe(15);
    });

    testIf(traits.dialect === 'postgres')('a transaction on Postgres is READ COMMITTED', async () => {
      const shown = await given.harness.driver.transaction((tx) => tx.query('SHOW transaction_isolation'));
      expect(shown).toEqual([{ transaction_isolation: 'read committed' }]);
    });

    testIf(traits.observed && traits.dialect !== 'sqlite')(
      'a transaction sees what others commit meanwhile',
      async () => {
        const { driver, observer } = given.harness;
        await driver.transaction(async (tx) => {
          expect(await given.ids(tx)).toEqual([]);
          await given.insert(observer!, 1);
          expect(await given.ids(tx)).toEqual([1]);
        });
      },
    );

    testIf(traits.observed)('other connections do not see a transaction before it is committed', async () => {
      const { driver, observer } = given.harness;
      await driver.transaction(async (tx) => {
        await given.insert(tx, 1);
        expect(await given.ids(observer!)).toEqual([]);
      });
      expect(await given.ids(observer!)).toEqual([1]);
    });

    test('a transaction runs concurrently with another, or waits for it', async () => {
      const { driver } = given.harness;
      const story: string[] = [];
      let second: Promise<void> | undefined;
      let meet: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        meet = resolve;
      });
      await driver.transaction(async (tx) => {
        story.push('first in');
        second = driver.transaction(async (other) => {
          story.push('second in');
          await given.insert(other, 2);
          meet();
        });
        second.catch(meet);
        if (traits.concurrent) await met;
        for (let i = 0; i < 5; i++) await given.ids(tx);
        await given.insert(tx, 1);
        story.push('first out');
      });
      await second;
      expect(story).toEqual(
        traits.concurrent ? ['first in', 'second in', 'first out'] : ['first in', 'first out', 'second in'],
      );
      expect(await given.ids()).toEqual([1, 2]);
    });

    test('a statement outside a transaction does not run in it', async () => {
      const { driver } = given.harness;
      let outside: Promise<number[]> | undefined;
      await driver.transaction(async (tx) => {
        await given.insert(tx, 1);
        outside = given.ids();
        if (traits.concurrent) expect(await outside).toEqual([]);
        await given.insert(tx, 2);
      });
      if (!traits.concurrent) expect(await outside).toEqual([1, 2]);
    });
  });

  describe('a savepoint', () => {
    test('a savepoint is rolled back alone, and the transaction around it continues', async () => {
      const { driver } = given.harness;
      await driver.transaction(async (tx) => {
        await given.insert(tx, 1);
        expect(await caught(tx.transaction((inner) => given.insert(inner, 2).then(fail)))).toBe(oops);
        const kept = await tx.transaction(async (inner) => {
          expect(inner.inTransaction).toBe(true);
          await given.insert(inner, 3);
          expect(await caught(inner.transaction((deeper) => given.insert(deeper, 4).then(fail)))).toBe(oops);
          await inner.transaction((deeper) => given.insert(deeper, 5));
          return 'kept';
        });
        expect(kept).toBe('kept');
        await given.insert(tx, 6);
      });
      expect(await given.ids()).toEqual([1, 3, 5, 6]);
    });

    test('a savepoint with a failed statement leaves the transaction around it usable', async () => {
      const { driver } = given.harness;
      await driver.transaction(async (tx) => {
        await given.insert(tx, 1);
        const error = await caught(
          tx.transaction((inner) => given.insert(inner, 2).then(() => given.insert(inner, 1))),
        );
        expect(error).toBeInstanceOf(Error);
        expect(await given.ids(tx)).toEqual([1]);
        await given.insert(tx, 3);
      });
      expect(await given.ids()).toEqual([1, 3]);
    });

    test('a savepoint is rolled back with the transaction around it', async () => {
      const { driver } = given.harness;
      const work = async (tx: SqlDriver): Promise<void> => {
        await tx.transaction((inner) => given.insert(inner, 1));
        fail();
      };
      expect(await caught(driver.transaction(work))).toBe(oops);
      expect(await given.ids()).toEqual([]);
    });

    test('a savepoint begun while another is open waits for it', async () => {
      const { driver } = given.harness;
      await driver.transaction(async (tx) => {
        const all = [1, 2, 3, 4].map((id) =>
          tx.transaction((inner) => given.insert(inner, id).then(() => (id % 2 ? fail() : undefined))),
        );
        expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
          ...['rejected', 'fulfilled', 'rejected', 'fulfilled'],
        ]);
      });
      expect(await given.ids()).toEqual([2, 4]);
    });
  });

  describe("a host's transaction", () => {
    test("a host's transaction contains everything that its driver does, and rolls it back", async () => {
      const { inHosts } = given.harness;
      const rolledBack = inHosts(async (tx) => {
        expect(tx.inTransaction).toBe(true);
        await given.insert(tx, 1);
        await tx.transaction(async (inner) => {
          await given.insert(inner, 2);
          await inner.transaction((deeper) => given.insert(deeper, 3));
        });
        expect(await given.ids(tx)).toEqual([1, 2, 3]);
        fail();
      });
      await caught(rolledBack);
      expect(await given.ids()).toEqual([]);
    });

    test("a host's transaction continues after a rolled-back savepoint", async () => {
      await given.harness.inHosts(async (tx) => {
        await given.insert(tx, 1);
        expect(await caught(tx.transaction((inner) => given.insert(inner, 2).then(fail)))).toBe(oops);
        await caught(tx.transaction((inner) => given.insert(inner, 1)));
        await tx.transaction((inner) => given.insert(inner, 3));
      });
      expect(await given.ids()).toEqual([1, 3]);
    });

    testIf(traits.mistakable)(
      "a driver for a host's transaction that was never begun rejects before anything is done, and the error names what to pass",
      async () => {
        const { mistaken } = given.harness;
        await mistaken!(async (tx) => {
          const error = await caught(tx.transaction((inner) => given.insert(inner, 1)));
          expect(String(error)).toMatch(/No transaction is open on this client\. Pass (a|the) /);
        });
        expect(await given.ids()).toEqual([]);
      },
    );

    testIf(traits.mistakable)(
      "a driver for a host's transaction that was used, and has ended since, rejects before anything is done",
      async () => {
        let ended: SqlDriver | undefined;
        await given.harness.inHosts(async (tx) => {
          await tx.transaction((inner) => given.insert(inner, 1));
          ended = tx;
        });
        const error = await caught(ended!.transaction((inner) => given.insert(inner, 2)));
        // Or the client's own error: PGlite, Prisma, Postgres.js.
        expect(String(error)).toMatch(
          /No transaction is open on this client\. Pass (a|the) |Transaction (is|already) closed|only be used in transaction blocks/u,
        );
        expect(await given.ids()).toEqual([1]);
      },
    );
  });
}
