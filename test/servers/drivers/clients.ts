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
  type PrismaOptions,
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
  /**
   * Runs work in a transaction that the host began. Omitted for Postgres.js 3.4.9, whose own `begin` sends a ROLLBACK on a connection
   * that has ended, and throws from a timer; and for MikroORM 7.2 over pg, whose own `transactional` never releases a connection on which
   * ROLLBACK fails, so that a pool of four is soon exhausted.
   */
  readonly inHosts?: (work: (tx: SqlDriver) => Promise<void>) => Promise<void>;
  close(): Promise<unknown>;
}

/** A client, configured as in the guides. */
export interface Client {
  readonly dialect: 'postgres' | 'mysql';
  make(): MadeClient | Promise<MadeClient>;
}

const postgres = { ...POSTGRES, database: ENDED_DATABASE, max: 4 };
const mariadb = { ...MARIADB, database: ENDED_DATABASE, connectionLimit: 4 };

/** A pool with the listener that the README shows. */
function pgPool(options: { readonly max?: number } = {}): ReturnType<typeof peer> {
  const pool = new (peer('pg').Pool)({ ...postgres, ...options });
  pool.on('error', () => undefined);
  return pool;
}

/** A pool with the listeners that the guides show for libraries that do not listen to their clients. */
function listeningPool(options?: { readonly max?: number }): ReturnType<typeof peer> {
  const pool = pgPool(options);
  pool.on('connect', (client: { on(event: 'error', listener: () => void): void }) =>
    client.on('error', () => undefined),
  );
  return pool;
}

/** As the guides advise: an error while Postgres.js 3.4.9 reads the array types cannot be caught. */
const postgresJs = (): ReturnType<typeof peer> => {
  const { host, port, user, database, max } = postgres;
  return peer('postgres')({ host, port, user, database, max, fetch_types: false, onnotice: () => undefined });
};

const kysely = (dialect: 'postgres' | 'mysql', db: ReturnType<typeof peer>) => ({
  driver: fromKysely(db, { dialect }),
  inHosts: (work: (tx: SqlDriver) => Promise<void>) =>
    db.transaction().execute((trx: never) => work(fromKysely(trx, { dialect }))),
  close: () => db.destroy(),
});

const silent = { warn: () => undefined, error: () => undefined };

const knex = (db: ReturnType<typeof peer>) => ({
  driver: fromKnex(db),
  inHosts: (work: (tx: SqlDriver) => Promise<void>) => db.transaction((trx: never) => work(fromKnex(trx))),
  close: () => db.destroy(),
});

const drizzle = (
  client: 'node-postgres' | 'postgres-js' | 'mysql2',
  db: ReturnType<typeof peer>,
  options: { readonly dialect?: 'mysql' } = {},
) => {
  const { sql } = peer('drizzle-orm');
  const made = peer(`drizzle-orm/${client}`).drizzle(db);
  return {
    driver: fromDrizzle(made, sql, options),
    ...(client !== 'postgres-js' && {
      inHosts: (work: (tx: SqlDriver) => Promise<void>) =>
        made.transaction((tx: never) => work(fromDrizzle(tx, sql, options))),
    }),
    close: () => db.end(),
  };
};

const ended = { database: ENDED_DATABASE, max: 4 };

async function typeOrm(dialect: ServerDialect): Promise<MadeClient> {
  const dataSource = await makeTypeOrm(dialect, ended);
  return {
    driver: fromTypeOrm(dataSource),
    inHosts: (work) => dataSource.transaction((manager: never) => work(fromTypeOrm(manager))),
    close: () => dataSource.destroy(),
  };
}

async function sequelize(dialect: ServerDialect): Promise<MadeClient> {
  // Sequelize prints a warning for each ROLLBACK that fails.
  console.warn = () => undefined;
  const made = makeSequelize(dialect, ended);
  return {
    driver: fromSequelize(made),
    inHosts: (work) => made.transaction((transaction: never) => work(fromSequelize(made, { transaction }))),
    close: () => made.close(),
  };
}

async function mikroOrm(dialect: ServerDialect): Promise<MadeClient> {
  const orm = await makeMikroOrm(dialect, ended);
  return {
    driver: fromMikroOrm(orm.em),
    ...(dialect === 'mysql' && {
      inHosts: (work: (tx: SqlDriver) => Promise<void>) =>
        orm.em.fork().transactional((em: never) => work(fromMikroOrm(em))),
    }),
    close: () => orm.close(),
  };
}

async function prisma(
  dialect: 'postgres' | 'mysql',
  database: Parameters<typeof prismaOn>[1],
  options?: PrismaOptions,
): Promise<MadeClient> {
  const client = await prismaOn(dialect, database);
  return {
    driver: fromPrisma(client, options),
    inHosts: (work) => client.$transaction((tx: PrismaTransaction) => work(fromPrisma(tx, options))),
    close: () => client.$disconnect(),
  };
}

/** Every client that the wrappers support, configured as in the guides. */
export const CLIENTS = {
  pg: {
    dialect: 'postgres',
    make() {
      const pool = pgPool();
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
    make() {
      const sql = postgresJs();
      return {
        driver: fromPostgresJs(sql),
        close: () => sql.end({ timeout: 1 }),
      };
    },
  },
  mysql2: {
    dialect: 'mysql',
    make() {
      const pool = peer('mysql2/promise').createPool(mariadb);
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
    make() {
      const { Kysely, PostgresDialect } = peer('kysely');
      return kysely('postgres', new Kysely({ dialect: new PostgresDialect({ pool: listeningPool() }) }));
    },
  },
  'kysely over mysql2': {
    dialect: 'mysql',
    make() {
      const { Kysely, MysqlDialect } = peer('kysely');
      return kysely('mysql', new Kysely({ dialect: new MysqlDialect({ pool: peer('mysql2').createPool(mariadb) }) }));
    },
  },
  'knex over pg': {
    dialect: 'postgres',
    make: () => knex(peer('knex')({ client: 'pg', connection: postgres, pool: { min: 0, max: 4 }, log: silent })),
  },
  'knex over mysql2': {
    dialect: 'mysql',
    make() {
      const { connectionLimit: _, ...connection } = mariadb;
      return knex(peer('knex')({ client: 'mysql2', connection, pool: { min: 0, max: 4 }, log: silent }));
    },
  },
  // Drizzle 0.45 does not release a client whose BEGIN fails, so a pool of four is soon exhausted.
  'drizzle over pg': { dialect: 'postgres', make: () => drizzle('node-postgres', listeningPool({ max: 1_000 })) },
  'drizzle over postgres': { dialect: 'postgres', make: () => drizzle('postgres-js', postgresJs()) },
  'drizzle over mysql2': {
    dialect: 'mysql',
    make: () => drizzle('mysql2', peer('mysql2/promise').createPool(mariadb), { dialect: 'mysql' }),
  },
  'typeorm over pg': { dialect: 'postgres', make: () => typeOrm('postgres') },
  'typeorm over mysql2': { dialect: 'mysql', make: () => typeOrm('mysql') },
  'sequelize over pg': { dialect: 'postgres', make: () => sequelize('postgres') },
  'sequelize over mysql2': { dialect: 'mysql', make: () => sequelize('mysql') },
  'mikro-orm over pg': { dialect: 'postgres', make: () => mikroOrm('postgres') },
  'mikro-orm over mysql2': { dialect: 'mysql', make: () => mikroOrm('mysql') },
  'prisma over pg': { dialect: 'postgres', make: () => prisma('postgres', postgres) },
  'prisma over mariadb': {
    dialect: 'mysql',
    make: () => prisma('mysql', { ...MARIADB, database: ENDED_DATABASE, max: 4 }, { dialect: 'mysql' }),
  },
} satisfies Record<string, Client>;

/** The name of one of these clients. */
export type ClientName = keyof typeof CLIENTS;
