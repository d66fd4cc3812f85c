import {
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromMikroOrm,
  fromMysql2,
  fromPg,
  fromPostgresJs,
  fromPrisma,
  fromSequelize,
  fromTypeOrm,
  type PrismaTransaction,
  type SqlDriver,
} from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { prismaOn } from '../prisma/prisma.js';
import { MARIADB, POSTGRES } from '../servers.js';
import { ENDED_DATABASE } from './end-connections.js';
import { makeMikroOrm, makeSequelize, makeTypeOrm, type ServerDialect } from './orms.js';

/** A driver of a client. */
export interface MadeClient {
  readonly driver: SqlDriver;
  /** Runs work in a transaction that the host began. */
  inHosts(work: (tx: SqlDriver) => Promise<void>): Promise<void>;
  close(): Promise<unknown>;
}

/** Options of a client that tests change. */
export interface Limits {
  /** Default: the one whose connections are ended. */
  readonly database?: string;
  readonly max?: number;
  /** How long to wait for a connection, in milliseconds; clients that have no such limit do not wait at all. Default: without a limit. */
  readonly wait?: number;
}

/** A client, configured as in the guides. */
export interface Client {
  readonly dialect: 'postgres' | 'mysql';
  /**
   * Whether it does not survive lost connections in transactions of the host's: Postgres.js 3.4.9, whose own `begin` sends a ROLLBACK on a
   * connection that has ended, and throws from a timer; and MikroORM 7.2 over pg, whose own `transactional` never releases a connection on
   * which ROLLBACK fails, so that a pool of four is soon exhausted.
   */
  readonly losesHosts?: true;
  /** Whether it always waits for a connection, however long. */
  readonly waitsForever?: true;
  make(limits?: Limits): MadeClient | Promise<MadeClient>;
}

const postgres = ({ database = ENDED_DATABASE, max = 4, wait }: Limits = {}) => ({
  ...{ ...POSTGRES, database, max },
  ...(wait !== undefined && { connectionTimeoutMillis: wait }),
});
const mariadb = ({ database = ENDED_DATABASE, max = 4, wait }: Limits = {}) => ({
  ...{ ...MARIADB, database, connectionLimit: max },
  ...(wait !== undefined && { waitForConnections: false }),
});
const connectionOf = (dialect: ServerDialect, { database = ENDED_DATABASE }: Limits) => ({
  ...(dialect === 'postgres' ? POSTGRES : MARIADB),
  database,
});

/** A pool with the listener that the README shows. */
function pgPool(limits?: Limits): ReturnType<typeof peer> {
  const pool = new (peer('pg').Pool)(postgres(limits));
  pool.on('error', () => undefined);
  return pool;
}

/** A pool with the listeners that the guides show for libraries that do not listen to their clients. */
function listeningPool(limits?: Limits): ReturnType<typeof peer> {
  const pool = pgPool(limits);
  pool.on('connect', (client: { on(event: 'error', listener: () => void): void }) =>
    client.on('error', () => undefined),
  );
  return pool;
}

/** As the guides advise: an error while Postgres.js 3.4.9 reads the array types cannot be caught. */
const postgresJs = (limits: Limits = {}): ReturnType<typeof peer> => {
  const { max = 4 } = limits;
  const { host, port, user, database } = connectionOf('postgres', limits);
  return peer('postgres')({ host, port, user, database, max, fetch_types: false, onnotice: () => undefined });
};

const kysely = (dialect: ServerDialect, db: ReturnType<typeof peer>): MadeClient => ({
  driver: fromKysely(db, { dialect }),
  inHosts: (work) => db.transaction().execute((trx: never) => work(fromKysely(trx, { dialect }))),
  close: () => db.destroy(),
});

const silent = { warn: () => undefined, error: () => undefined };

const knex = (dialect: ServerDialect, limits: Limits = {}): MadeClient => {
  const { max = 4, wait } = limits;
  const pool = { min: 0, max };
  const client = dialect === 'postgres' ? 'pg' : 'mysql2';
  const waiting = wait !== undefined && { acquireConnectionTimeout: wait };
  const db = peer('knex')({ client, connection: connectionOf(dialect, limits), pool, log: silent, ...waiting });
  return {
    driver: fromKnex(db),
    inHosts: (work) => db.transaction((trx: never) => work(fromKnex(trx))),
    close: () => db.destroy(),
  };
};

const drizzle = (
  client: 'node-postgres' | 'postgres-js' | 'mysql2',
  db: ReturnType<typeof peer>,
  options: { readonly dialect?: 'mysql' } = {},
): MadeClient => {
  const { sql } = peer('drizzle-orm');
  const made = peer(`drizzle-orm/${client}`).drizzle(db);
  return {
    driver: fromDrizzle(made, sql, options),
    inHosts: (work) => made.transaction((tx: never) => work(fromDrizzle(tx, sql, options))),
    close: () => (client === 'postgres-js' ? db.end({ timeout: 1 }) : db.end()),
  };
};

const ended = ({ database = ENDED_DATABASE, max = 4, wait }: Limits = {}) => ({
  ...{ database, max },
  ...(wait !== undefined && { acquire: wait }),
});

async function typeOrm(dialect: ServerDialect, limits?: Limits): Promise<MadeClient> {
  const dataSource = await makeTypeOrm(dialect, ended(limits));
  return {
    driver: fromTypeOrm(dataSource),
    inHosts: (work) => dataSource.transaction((manager: never) => work(fromTypeOrm(manager))),
    close: () => dataSource.destroy(),
  };
}

async function sequelize(dialect: ServerDialect, limits?: Limits): Promise<MadeClient> {
  // Sequelize prints a warning for each ROLLBACK that fails.
  console.warn = () => undefined;
  const made = makeSequelize(dialect, ended(limits));
  return {
    driver: fromSequelize(made),
    inHosts: (work) => made.transaction((transaction: never) => work(fromSequelize(made, { transaction }))),
    close: () => made.close(),
  };
}

async function mikroOrm(dialect: ServerDialect, limits?: Limits): Promise<MadeClient> {
  const orm = await makeMikroOrm(dialect, ended(limits));
  return {
    driver: fromMikroOrm(orm.em),
    inHosts: (work) => orm.em.fork().transactional((em: never) => work(fromMikroOrm(em))),
    close: () => orm.close(),
  };
}

async function prisma(dialect: ServerDialect, limits: Limits = {}): Promise<MadeClient> {
  const { max = 4, wait } = limits;
  const waiting = wait !== undefined && { connectionTimeoutMillis: wait, acquireTimeout: wait };
  const client = await prismaOn(dialect, { ...connectionOf(dialect, limits), max, ...waiting });
  return {
    driver: fromPrisma(client, { dialect }),
    inHosts: (work) => client.$transaction((tx: PrismaTransaction) => work(fromPrisma(tx, { dialect }))),
    close: () => client.$disconnect(),
  };
}

/** Every client that the wrappers support, configured as in the guides. */
export const CLIENTS = {
  pg: {
    dialect: 'postgres',
    make(limits) {
      const pool = pgPool(limits);
      return {
        driver: fromPg(pool),
        async inHosts(work) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            await work(fromPg(client));
            await client.query('COMMIT');
            client.release();
          } catch (error) {
            client.release(error);
            throw error;
          }
        },
        close: () => pool.end(),
      };
    },
  },
  postgres: {
    dialect: 'postgres',
    losesHosts: true,
    waitsForever: true,
    make(limits) {
      const sql = postgresJs(limits);
      return {
        driver: fromPostgresJs(sql),
        inHosts: (work) => sql.begin((tx: never) => work(fromPostgresJs(tx))),
        close: () => sql.end({ timeout: 1 }),
      };
    },
  },
  mysql2: {
    dialect: 'mysql',
    make(limits) {
      const pool = peer('mysql2/promise').createPool(mariadb(limits));
      return {
        driver: fromMysql2(pool),
        async inHosts(work) {
          const connection = await pool.getConnection();
          try {
            await connection.beginTransaction();
            await work(fromMysql2(connection));
            await connection.commit();
            connection.release();
          } catch (error) {
            connection.destroy();
            throw error;
          }
        },
        close: () => pool.end(),
      };
    },
  },
  'kysely over pg': {
    dialect: 'postgres',
    make(limits) {
      const { Kysely, PostgresDialect } = peer('kysely');
      return kysely('postgres', new Kysely({ dialect: new PostgresDialect({ pool: listeningPool(limits) }) }));
    },
  },
  'kysely over mysql2': {
    dialect: 'mysql',
    make(limits) {
      const { Kysely, MysqlDialect } = peer('kysely');
      const pool = peer('mysql2').createPool(mariadb(limits));
      return kysely('mysql', new Kysely({ dialect: new MysqlDialect({ pool }) }));
    },
  },
  'knex over pg': { dialect: 'postgres', make: (limits) => knex('postgres', limits) },
  'knex over mysql2': { dialect: 'mysql', make: (limits) => knex('mysql', limits) },
  // Drizzle 0.45 does not release a client whose BEGIN fails, so a pool of four is soon exhausted.
  'drizzle over pg': {
    dialect: 'postgres',
    make: (limits = { max: 1_000 }) => drizzle('node-postgres', listeningPool(limits)),
  },
  'drizzle over postgres': {
    dialect: 'postgres',
    losesHosts: true,
    waitsForever: true,
    make: (limits) => drizzle('postgres-js', postgresJs(limits)),
  },
  'drizzle over mysql2': {
    dialect: 'mysql',
    make: (limits) => drizzle('mysql2', peer('mysql2/promise').createPool(mariadb(limits)), { dialect: 'mysql' }),
  },
  'typeorm over pg': { dialect: 'postgres', make: (limits) => typeOrm('postgres', limits) },
  'typeorm over mysql2': { dialect: 'mysql', make: (limits) => typeOrm('mysql', limits) },
  'sequelize over pg': { dialect: 'postgres', make: (limits) => sequelize('postgres', limits) },
  'sequelize over mysql2': { dialect: 'mysql', make: (limits) => sequelize('mysql', limits) },
  'mikro-orm over pg': { dialect: 'postgres', losesHosts: true, make: (limits) => mikroOrm('postgres', limits) },
  'mikro-orm over mysql2': { dialect: 'mysql', make: (limits) => mikroOrm('mysql', limits) },
  'prisma over pg': { dialect: 'postgres', make: (limits) => prisma('postgres', limits) },
  'prisma over mariadb': { dialect: 'mysql', make: (limits) => prisma('mysql', limits) },
} satisfies Record<string, Client>;

/** The name of one of these clients. */
export type ClientName = keyof typeof CLIENTS;
