import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject, it } from 'vitest';
import { fromBetterSqlite3, fromMysql2, fromNodeSqlite, fromPg, type SqlDriver } from '../../../src/sql/index.js';
import type { World } from '../../../src/testkit/index.js';
import { checkAssignments, clientsOf, dropLms, makeLms } from '../../sql/lms.js';
import { HAS_SQLITE, ONLY_NEWER } from '../newer-node.js';
import { peer } from '../peer.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';

/** A database in which worlds are created. */
export interface Store {
  readonly name: string;
  /** Why it is not available here, if so. */
  readonly missing?: string;
  /** Cases that the database cannot pass, each for the reason next to it. */
  readonly knownGaps: readonly string[];
  /** Creates separate tables for one world: `driver` returns a driver for each client, and `close` drops the tables. */
  open(): Promise<{ readonly driver: () => SqlDriver; readonly prefix: string; close(): Promise<void> }>;
  /** Closes what all its worlds share. */
  end(): Promise<void>;
}

let worlds = 0;

/** A prefix of tables that no other world uses. */
export const nextPrefix = (): string => `r${process.pid}_${worlds++}_`;

/** Text with NUL or an unpaired surrogate is rejected with an error that quotes it. */
const NO_SUCH_TEXT = ['ids-raw'];

/** The known gaps of each server. MariaDB sorts by the first 1,024 bytes, so ids are not longer. */
export const KNOWN_GAPS = { postgres: NO_SUCH_TEXT, mysql: [...NO_SUCH_TEXT, 'ids-long'] } as const;

/** The reason for which a store is missing, if there is one. */
export const why = (missing: string | undefined) => (missing ? { missing } : {});

function postgres(): Store {
  let pool: { end(): Promise<void> } | undefined;
  return {
    ...{ name: 'PostgreSQL', ...why(inject('missing').postgres), knownGaps: KNOWN_GAPS.postgres },
    async open() {
      // These tests need not wait for the disk.
      pool ??= new (peer('pg').Pool)({
        ...POSTGRES,
        database: DATABASE,
        max: 24,
        options: '-c synchronous_commit=off',
      });
      const [driver, prefix] = [fromPg(pool as never), nextPrefix()];
      return { driver: () => driver, prefix, close: () => dropLms(driver, prefix) };
    },
    end: async () => pool?.end(),
  };
}

function mariadb(): Store {
  let pool: { end(): Promise<void> } | undefined;
  return {
    ...{ name: 'MariaDB', ...why(inject('missing').mariadb), knownGaps: KNOWN_GAPS.mysql },
    async open() {
      pool ??= peer('mysql2/promise').createPool({
        ...MARIADB,
        database: DATABASE,
        connectionLimit: 24,
        charset: 'utf8mb4',
      });
      const [driver, prefix] = [fromMysql2(pool as never), nextPrefix()];
      return { driver: () => driver, prefix, close: () => dropLms(driver, prefix) };
    },
    end: async () => pool?.end(),
  };
}

/** A file for each world, and a connection for each client. */
export function sqlite(
  name: string,
  missing: string | undefined,
  connect: (file: string) => { driver: SqlDriver; close(): void },
): Store {
  return {
    ...{ name, knownGaps: NO_SUCH_TEXT },
    ...(missing !== undefined && { missing }),
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'smart-enrolments-'));
      const opened: { close(): void }[] = [];
      const driver = (): SqlDriver => {
        const connection = connect(join(folder, 'lms.db'));
        opened.push(connection);
        return connection.driver;
      };
      const close = async (): Promise<void> => {
        for (const connection of opened) connection.close();
        rmSync(folder, { recursive: true });
      };
      return { driver, prefix: 'lms_', close };
    },
    end: async () => undefined,
  };
}

function betterSqlite(): Store {
  const name = 'SQLite by better-sqlite3';
  try {
    new (peer('better-sqlite3'))(':memory:').close();
  } catch (error) {
    return sqlite(
      name,
      `better-sqlite3 does not run here (${String(error)}): npm rebuild better-sqlite3 in test/servers`,
      () => {
        throw error;
      },
    );
  }
  return sqlite(name, undefined, (file) => {
    const db = new (peer('better-sqlite3'))(file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    return { driver: fromBetterSqlite3(db), close: () => db.close() };
  });
}

function nodeSqlite(): Store {
  return sqlite(
    'SQLite by node:sqlite',
    HAS_SQLITE ? undefined : `node:sqlite needs Node 22.13; this is ${process.version}`,
    (file) => {
      const db = new (peer('node:sqlite').DatabaseSync)(file);
      db.exec('PRAGMA journal_mode = WAL');
      db.exec('PRAGMA synchronous = OFF');
      return { driver: fromNodeSqlite(db), close: () => db.close() };
    },
  );
}

/** Every store that the repositories are tested on, available here or not; in CI a Node without node:sqlite leaves that store to a newer Node. */
export function stores(): Store[] {
  if (ONLY_NEWER) return [nodeSqlite()];
  return [postgres(), mariadb(), betterSqlite(), ...(process.env.CI && !HAS_SQLITE ? [] : [nodeSqlite()])];
}

/** Creates a world in a store: the tables of an LMS, and the library's. */
export async function worldIn(store: Store): Promise<World> {
  const { driver, prefix, close } = await store.open();
  const first = driver();
  await makeLms(first, prefix);
  const cleanup = async (): Promise<void> => {
    await checkAssignments(first, prefix).finally(close);
  };
  return { ...clientsOf(driver, prefix, first), cleanup };
}

/** Describes each store under its name, and closes it afterwards; a store that is missing is one skipped test, with the reason. */
export function describeStores(all: readonly Store[], body: (store: Store) => void): void {
  for (const store of all) {
    const { name, missing } = store;
    describe(name, () => {
      if (missing !== undefined) {
        it.skip(missing, () => undefined);
        return;
      }
      afterAll(() => store.end());
      body(store);
    });
  }
}

/** Opens tables of their own in a store, for one client. */
export async function opened(store: Store) {
  const { driver, prefix, close } = await store.open();
  return { db: driver(), prefix, close };
}
