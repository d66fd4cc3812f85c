import { inject } from 'vitest';
import { fromPrisma, type SqlDriver } from '../../../src/sql/index.js';
import { dropLms } from '../../sql/lms.js';
import { ONLY_SQLITE } from '../node-sqlite.js';
import { prismaOn } from '../prisma/prisma.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';
import { KNOWN_GAPS, nextPrefix, type Store } from './stores.js';

/** A client over a server that `stores()` already tests with pg or mysql2. */
interface ClientStore {
  readonly name: string;
  readonly dialect: 'postgres' | 'mysql';
  connect(): Promise<{ readonly driver: SqlDriver; close(): Promise<unknown> }>;
}

const postgres = { ...POSTGRES, database: DATABASE, max: 24, options: '-c synchronous_commit=off' };
const mariadb = { ...MARIADB, database: DATABASE, max: 24 };

const CLIENTS: readonly ClientStore[] = [
  {
    name: 'Prisma over pg',
    dialect: 'postgres',
    async connect() {
      const client = await prismaOn('postgres', postgres);
      return { driver: fromPrisma(client), close: () => client.$disconnect() };
    },
  },
  {
    name: 'Prisma over mariadb',
    dialect: 'mysql',
    async connect() {
      const client = await prismaOn('mysql', mariadb);
      return { driver: fromPrisma(client, { dialect: 'mysql' }), close: () => client.$disconnect() };
    },
  },
];

function storeOf({ name, dialect, connect }: ClientStore): Store {
  const missing = inject('missing')[dialect === 'postgres' ? 'postgres' : 'mariadb'];
  let connected: ReturnType<ClientStore['connect']> | undefined;
  return {
    ...{ name, ...(missing && { missing }), knownGaps: KNOWN_GAPS[dialect] },
    async open() {
      connected ??= connect();
      const [{ driver }, prefix] = [await connected, nextPrefix()];
      return { driver: () => driver, prefix, close: () => dropLms(driver, prefix) };
    },
    end: async () => void (await (await connected)?.close()),
  };
}

/** The stores on which only the contract kit runs: each is another client of a server whose own store runs everything. */
export function clientStores(): Store[] {
  return ONLY_SQLITE ? [] : CLIENTS.map(storeOf);
}
