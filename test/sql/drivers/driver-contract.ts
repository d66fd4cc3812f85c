import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Dialect, SqlDriver } from '../../../src/sql/statement/driver.js';
import { lostConnectionCases } from './lost-connection-cases.js';
import { transactionCases } from './transaction-cases.js';
import { valueCases } from './value-cases.js';

/** Which promises a wrapper makes. */
export interface Traits {
  readonly dialect: Dialect;
  /** Whether its transactions run concurrently; otherwise they take turns. */
  readonly concurrent: boolean;
  /** Whether its harness has an `observer`. */
  readonly observed: boolean;
  /** Whether its harness has `mistaken`. */
  readonly mistakable: boolean;
  /** Whether the client itself replaces connections that the server has ended. Default true. */
  readonly reconnects?: boolean;
}

/** A wrapper over a real client and database. */
export interface Harness {
  readonly driver: SqlDriver;
  /** The name of its table: `id` is a whole number and the key, `t` is text. */
  readonly table: string;
  /** Runs work in a transaction that the client begins itself, not through the library, and that is rolled back if the work rejects. */
  inHosts(work: (tx: SqlDriver) => Promise<void>): Promise<void>;
  /** Runs work with a driver created from a client without a transaction, which a host might pass by mistake. */
  readonly mistaken?: (work: (tx: SqlDriver) => Promise<void>) => Promise<void>;
  /** A driver on another connection, which sees what is committed, whatever transactions are open elsewhere. */
  readonly observer?: SqlDriver;
  close(): Promise<void>;
}

/** The current harness, after the suite has begun. */
export interface Given {
  readonly harness: Harness;
  mark(n: number): string;
  insert(db: SqlDriver, id: number, text?: string): Promise<void>;
  ids(db?: SqlDriver): Promise<number[]>;
}

/** The promises of every wrapper, tested with its client. */
export function driverContract(name: string, traits: Traits, make: () => Promise<Harness>): void {
  describe(name, () => {
    let harness: Harness;
    const given: Given = {
      get harness() {
        return harness;
      },
      mark: (n) => (harness.driver.dialect === 'postgres' ? `$${n}` : '?'),
      async insert(db, id, text = '') {
        await db.query(`INSERT INTO ${harness.table} (id, t) VALUES (${given.mark(1)}, ${given.mark(2)})`, [id, text]);
      },
      async ids(db = harness.driver) {
        const rows = await db.query<{ id: number }>(`SELECT id FROM ${harness.table} ORDER BY id`);
        return rows.map(({ id }) => Number(id));
      },
    };
    beforeAll(async () => {
      harness = await make();
      const { driver, table } = harness;
      const long = driver.dialect === 'mysql' ? 'longtext' : 'text';
      await driver.query(`DROP TABLE IF EXISTS ${table}`);
      await driver.query(`CREATE TABLE ${table} (id integer PRIMARY KEY, t ${long})`);
    });
    beforeEach(async () => {
      await harness.driver.query(`DELETE FROM ${harness.table}`);
    });
    afterAll(async () => {
      await harness?.driver.query(`DROP TABLE IF EXISTS ${harness.table}`);
      await harness?.close();
    });

    test('the driver reports its dialect and whether it is in a transaction', async () => {
      expect(harness.driver.inTransaction).toBe(false);
      await harness.driver.transaction(async (tx) => {
        expect([tx.inTransaction, tx.dialect]).toEqual([true, traits.dialect]);
      });
    });
    valueCases(given, traits);
    transactionCases(given, traits);
    if (traits.concurrent) lostConnectionCases(given, traits);
  });
}
