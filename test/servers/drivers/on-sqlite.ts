import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import { driverContract } from '../../sql/drivers/driver-contract.js';
import { testIf } from '../../sql/drivers/test-if.js';
import type { ClientHarness } from './client-harness.js';

/** A client of SQLite on a file, with what a suite needs. */
export interface SqliteMade extends ClientHarness {
  /** Runs a statement on another connection to the file, outside the library. */
  readonly elsewhere: (text: string) => void;
  readonly observer: SqlDriver;
  /** Another driver for the same connection. */
  readonly again?: SqlDriver;
  /** The host's own `busy_timeout`, if the driver changes it. */
  readonly hostsTimeout?: () => Promise<unknown>;
}

/** A file for a database in a new folder. */
export function inFolder(): { readonly file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'smart-enrolments-'));
  return { file: join(folder, 'case.db'), remove: () => rmSync(folder, { recursive: true }) };
}

/** Which promises a wrapper makes on SQLite. */
interface SqliteTraits {
  /** Whether the driver itself waits and takes turns, and not the client. */
  readonly oneConnection: boolean;
  /** Whether the host's transactions are on a connection of their own. Default false. */
  readonly hostsApart?: boolean;
}

/** Tests a wrapper with the contract on SQLite, and its waiting for other connections; its driver waits for 300 ms. */
export function onSqlite(name: string, make: (file: string) => SqliteMade, options: SqliteTraits): void {
  const traits = { dialect: 'sqlite', concurrent: false, observed: true, mistakable: false } as const;
  driverContract(name, traits, async () => {
    const { file, remove } = inFolder();
    const made = make(file);
    made.elsewhere('PRAGMA journal_mode = WAL');
    return { ...made, table: 'case_sqlite', close: () => made.close().then(remove) };
  });

  describe(`${name}, with another connection`, () => {
    const using = async (work: (made: SqliteMade) => Promise<void>): Promise<void> => {
      const { file, remove } = inFolder();
      const made = make(file);
      try {
        await made.driver.query('CREATE TABLE t (id integer PRIMARY KEY)');
        await work(made);
      } finally {
        await made.close();
        remove();
      }
    };
    const insert = (id: number) => (tx: SqlDriver) => tx.query(`INSERT INTO t (id) VALUES (?)`, [id]);

    test('a transaction waits while another is open, without blocking the process', () =>
      using(async ({ driver, elsewhere, hostsTimeout }) => {
        elsewhere('BEGIN IMMEDIATE');
        let ticks = 0;
        const ticking = setInterval(() => {
          if (++ticks === 10) elsewhere('COMMIT');
        }, 2);
        await driver.transaction(insert(1)).finally(() => clearInterval(ticking));
        expect(ticks).toBeGreaterThanOrEqual(10);
        expect(await driver.query('SELECT id FROM t')).toEqual([{ id: 1 }]);
        if (hostsTimeout) expect(await hostsTimeout()).toBe(5000);
      }));

    test('a transaction that waits too long rejects with an error that reports it, and the next one succeeds', () =>
      using(async ({ driver, elsewhere, hostsTimeout }) => {
        elsewhere('BEGIN IMMEDIATE');
        const began = driver.transaction(insert(1));
        await expect(began).rejects.toThrow('held this SQLite database for longer than 300 ms');
        elsewhere('COMMIT');
        await driver.transaction(insert(2));
        expect(await driver.query('SELECT id FROM t')).toEqual([{ id: 2 }]);
        if (hostsTimeout) expect(await hostsTimeout()).toBe(5000);
      }));

    test('a transaction is IMMEDIATE, so that no other can begin to write while it is open', () =>
      using(async ({ driver, elsewhere }) => {
        await driver.transaction(async () => {
          expect(() => elsewhere('BEGIN IMMEDIATE')).toThrow(/locked/);
        });
        elsewhere('BEGIN IMMEDIATE');
        elsewhere('COMMIT');
      }));

    testIf(options.oneConnection)('a statement outside a transaction waits as well', () =>
      using(async ({ driver, elsewhere }) => {
        elsewhere('BEGIN EXCLUSIVE');
        setTimeout(() => elsewhere('COMMIT'), 30);
        await insert(1)(driver);
        expect(await driver.query('SELECT id FROM t')).toEqual([{ id: 1 }]);
      }),
    );

    testIf(options.oneConnection)('a reader delays COMMIT without rolling it back', () =>
      using(async ({ driver, elsewhere }) => {
        await driver.transaction(async (tx) => {
          await insert(1)(tx);
          elsewhere('BEGIN');
          elsewhere('SELECT * FROM t');
          setTimeout(() => elsewhere('COMMIT'), 30);
        });
        expect(await driver.query('SELECT id FROM t')).toEqual([{ id: 1 }]);
      }),
    );

    testIf(options.oneConnection && !options.hostsApart)(
      'a driver rejects while a transaction that the host began later is open, and does not join it',
      () =>
        using(async ({ driver, inHosts }) => {
          await inHosts(async (tx) => {
            await expect(driver.transaction(insert(1))).rejects.toThrow('A transaction that the host began is open');
            await insert(2)(tx);
          });
          expect(await driver.query('SELECT id FROM t')).toEqual([{ id: 2 }]);
        }),
    );

    testIf(options.oneConnection)('two drivers for one connection take turns', () =>
      using(async ({ driver, again }) => {
        const story: string[] = [];
        const work = (name: string) => async (tx: SqlDriver) => {
          story.push(`${name} in`);
          await new Promise((resolve) => setTimeout(resolve, 5));
          await tx.query('SELECT 1');
          story.push(`${name} out`);
        };
        await Promise.all([driver.transaction(work('a')), again?.transaction(work('b'))]);
        expect(story).toEqual(['a in', 'a out', 'b in', 'b out']);
      }),
    );
  });
}
