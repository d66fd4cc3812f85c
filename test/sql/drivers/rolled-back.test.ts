import { describe, expect, test } from 'vitest';
import { databaseDriver } from '../../../src/sql/drivers/base/client-driver.js';
import type { Dialect, SqlDriver } from '../../../src/sql/statement/driver.js';

/** A database that records the statements sent to it, and fails on the configured ones. */
function double(dialect: Dialect, fails: (text: string) => Error | undefined) {
  const sent: string[] = [];
  const run = async (text: string): Promise<unknown[]> => {
    sent.push(text.replace(/smart_enrolments_\w+/, 'name'));
    const error = fails(text);
    if (error) throw error;
    return [];
  };
  const driver = databaseDriver({ dialect, run, open: (body) => body({ dialect, run }) });
  return { driver, sent };
}

const oops = new Error('oops');
const fail = async (): Promise<void> => {
  throw oops;
};

describe('a transaction that the database has rolled back as a whole', () => {
  test('a transaction stops when ROLLBACK TO SAVEPOINT fails', async () => {
    const { driver, sent } = double('postgres', (text) =>
      text.startsWith('ROLLBACK TO') ? new Error('the connection was lost') : undefined,
    );
    const work = async (tx: SqlDriver): Promise<void> => {
      await expect(tx.transaction(fail)).rejects.toBe(oops);
      await expect(tx.query('SELECT 2')).rejects.toThrow('This transaction was rolled back, or has ended');
    };
    await expect(driver.transaction(work)).rejects.toBe(oops);
    expect(sent).toEqual(['SAVEPOINT name', 'ROLLBACK TO SAVEPOINT name']);
  });

  test('a transaction stops after MySQL has broken a deadlock', async () => {
    const deadlock = Object.assign(new Error('Deadlock found'), { errno: 1213 });
    const { driver, sent } = double('mysql', (text) => (text === 'UPDATE' ? deadlock : undefined));
    const work = async (tx: SqlDriver): Promise<void> => {
      await expect(tx.transaction((inner) => inner.query('UPDATE'))).rejects.toBe(deadlock);
      const next = tx.query('INSERT');
      await expect(next).rejects.toMatchObject({ cause: deadlock });
    };
    await expect(driver.transaction(work)).rejects.toBe(deadlock);
    expect(sent).toEqual(['SAVEPOINT name', 'UPDATE']);
  });

  test('a savepoint that cannot be released is rolled back', async () => {
    const { driver, sent } = double('postgres', (text) =>
      text.startsWith('RELEASE') && sent.length < 3 ? oops : undefined,
    );
    await driver.transaction(async (tx) => {
      await expect(tx.transaction(async () => 1)).rejects.toBe(oops);
      await tx.query('SELECT 2');
    });
    expect(sent).toEqual([
      ...[
        'SAVEPOINT name',
        'RELEASE SAVEPOINT name',
        'ROLLBACK TO SAVEPOINT name',
        'RELEASE SAVEPOINT name',
        'SELECT 2',
      ],
    ]);
  });

  test('savepoints never share a name', async () => {
    const names = new Set<string>();
    const { driver } = double('mysql', (text) => void names.add(text));
    const nest = (tx: SqlDriver): Promise<void> => tx.transaction(() => Promise.resolve());
    await driver.transaction((tx) => Promise.all([nest(tx), nest(tx)]));
    await driver.transaction(nest);
    expect([...names].filter((text) => text.startsWith('SAVEPOINT')).length).toBe(3);
  });

  test('a transaction rejects if the client resolves it without running its work', async () => {
    const run = async (): Promise<unknown[]> => [];
    const driver = databaseDriver({ dialect: 'postgres', run, open: async () => undefined });
    await expect(driver.transaction(async () => 1)).rejects.toThrow('without running the callback');
  });

  test('a savepoint that is not awaited ends before the transaction around it', async () => {
    const { driver, sent } = double('postgres', () => undefined);
    let late: Promise<unknown> | undefined;
    await driver.transaction(async (tx) => {
      late = tx.transaction(async (inner) => {
        await inner.query('first');
        await new Promise((resolve) => setTimeout(resolve, 1));
        await inner.query('second');
      });
      late.catch(() => undefined);
      while (!sent.includes('first')) await Promise.resolve();
    });
    await expect(late).rejects.toThrow('This transaction has ended');
    expect(sent.slice(-2)).toEqual(['ROLLBACK TO SAVEPOINT name', 'RELEASE SAVEPOINT name']);
  });
});
