import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { fromMysql2, fromPg, type SqlDriver } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { MARIADB, POSTGRES } from '../servers.js';

/** How a session writes dates, and in which time zone. */
export interface Session {
  readonly name: string;
  readonly dateStyle: string;
  readonly timeZone: string;
}

/** A separate database, created for one suite and dropped after it. */
export interface WildStore {
  readonly name: string;
  /** Why it is not available here; empty if it is. */
  readonly missing: string;
  open(): Promise<OpenStore>;
}

export interface OpenStore {
  /** Returns a driver whose sessions have these settings; by default ISO and UTC. */
  driver(session?: Session): SqlDriver;
  close(): Promise<void>;
}

const nameOf = (suite: string): string => `smart_enrolments_wild_${suite}_${process.pid}`;
/** The settings of most sessions. */
export const UTC: Session = { name: 'ISO, UTC', dateStyle: 'ISO', timeZone: 'UTC' };

export function postgresStore(suite: string): WildStore {
  const database = nameOf(suite);
  const admin = async (statement: string): Promise<void> => {
    const client = new (peer('pg').Client)({ ...POSTGRES, database: 'postgres' });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  return {
    ...{ name: 'PostgreSQL', missing: inject('missing').postgres },
    async open() {
      await admin(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`);
      const pools = new Map<string, { readonly driver: SqlDriver; end(): Promise<void> }>();
      return {
        driver({ name, dateStyle, timeZone } = UTC) {
          const known = pools.get(name);
          if (known) return known.driver;
          const options = `-c DateStyle=${dateStyle} -c TimeZone=${timeZone} -c synchronous_commit=off`;
          const pool = new (peer('pg').Pool)({ ...POSTGRES, database, max: 4, options });
          // Dropping the database ends connections that are still closing: the pool reports idle ones, the clients themselves others.
          pool.on('error', () => undefined);
          pool.on('connect', (client: { on(event: 'error', listener: () => void): void }) =>
            client.on('error', () => undefined),
          );
          const driver = fromPg(pool);
          pools.set(name, { driver, end: () => pool.end() });
          return driver;
        },
        async close() {
          for (const pool of pools.values()) await pool.end();
          await admin(`DROP DATABASE ${database} WITH (FORCE)`);
        },
      };
    },
  };
}

export function mariadbStore(suite: string): WildStore {
  const database = nameOf(suite);
  return {
    ...{ name: 'MariaDB', missing: inject('missing').mariadb },
    async open() {
      const admin = await peer('mysql2/promise').createConnection(MARIADB);
      await admin.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
      const pool = peer('mysql2/promise').createPool({ ...MARIADB, database, connectionLimit: 4, charset: 'utf8mb4' });
      pool.pool.on('connection', (connection: { query(text: string): void }) =>
        connection.query("SET time_zone = '+00:00'"),
      );
      return {
        driver: () => fromMysql2(pool),
        async close() {
          await pool.end();
          await admin.query(`DROP DATABASE ${database}`);
          await admin.end();
        },
      };
    },
  };
}

/** SQLite in a file, through one of its clients. */
export function sqliteStore(
  name: string,
  missing: string,
  connect: (file: string) => { readonly driver: SqlDriver; close(): void },
): WildStore {
  return {
    ...{ name, missing },
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'smart-enrolments-'));
      const { driver, close } = connect(join(folder, 'wild.db'));
      await driver.query('PRAGMA journal_mode = WAL');
      await driver.query('PRAGMA synchronous = OFF');
      return {
        driver: () => driver,
        async close() {
          close();
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}
