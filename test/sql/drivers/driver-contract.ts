import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Dialect, SqlDriver } from '../../../src/sql/driver.js';
import { lostConnectionCases } from './lost-connection-cases.js';
import { transactionCases } from './transaction-cases.js';
import { valueCases } from './value-cases.js';

/** Which promises a wrapper can be held to. */
export interface Traits {
  readonly dialect: Dialect;
  /** Transactions on it run at the same time; otherwise they take turns. */
  readonly concurrent: boolean;
  /** Its harness has an `observer`. */
  readonly observed: boolean;
  /** Its harness has `mistaken`. */
  readonly mistakable: boolean;
  /** The client itself mends connections that the server has ended; true unless told. */
  readonly mending?: boolean;
}

/** A wrapper on the real thing. */
export interface Harness {
  readonly driver: SqlDriver;
  /** Of a table of its own: `id` whole number and key, `t` text. */
  readonly table: string;
  /** Runs work in a transaction that is begun by the client's own means, not the library's, and undone if it rejects. */
  inHosts(work: (tx: SqlDriver) => Promise<void>): Promise<void>;
  /** Makes a driver of what is in no transaction, where a host might pass it by mistake. */
  readonly mistaken?: (work: (tx: SqlDriver) => Promise<void>) => Promise<void>;
  /** Sees what is committed, whatever is open elsewhere. */
  readonly observer?: SqlDriver;
  close(): Promise<void>;
}

/** The harness at hand, once the suite has begun. */
export interface Given {
  readonly harness: Harness;
  mark(n: number): string;
  insert(db: SqlDriver, id: number, text?: string): Promise<void>;
  ids(db?: SqlDriver): Promise<number[]>;
}

/** What every wrapper has to do, on the client that it is for. */
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

    test('says where it stands', async () => {
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
