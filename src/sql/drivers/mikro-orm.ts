import type { SqlDriver } from '../statement/driver.js';
import { checkClient, checkClientOptions, driverOf } from './base/check-client.js';
import { clientDriver } from './base/client-driver.js';
import type { Database } from './base/connection.js';
import type { TransactionOptions } from './base/transaction-options.js';
import { type KyselyDatabase, runOn } from './kysely.js';

type MikroOrmDialect = 'postgres' | 'mysql';

/** The part of MikroORM's `EntityManager` that the driver uses. */
export interface MikroOrmEntityManager {
  /** Returns the platform, whose class is that of the database. */
  getPlatform(): object;
  /** Returns the connection, which runs its statements on Kysely. */
  getConnection(type: 'write'): object;
  /** Returns the Kysely transaction of the current call, if there is one. */
  getTransactionContext(): unknown;
}

interface MikroOrmConnection {
  ensureConnection(): Promise<void>;
  getClient(): KyselyDatabase;
}

const ADVICE = 'Pass the EntityManager of MikroORM 7, such as orm.em, to fromMikroOrm.';
const METHODS = ['getPlatform', 'getConnection', 'getTransactionContext'];

/**
 * Creates a driver for MikroORM 7 on PostgreSQL, MySQL or MariaDB. The driver takes the dialect from MikroORM, and is in the transaction of the
 * current call, as the `EntityManager` is. Statements do not appear in MikroORM's log. On mysql2, mysql2 writes the parameters into the
 * statement's text.
 */
export function fromMikroOrm(em: MikroOrmEntityManager, options?: TransactionOptions): SqlDriver {
  return driverOf(
    (issues) => {
      checkClient(em, { methods: METHODS, advice: ADVICE }, issues, 'em');
      checkClientOptions(options, {}, issues);
    },
    (fail) => {
      const dialect = dialectOf(em.getPlatform());
      if (!dialect)
        return fail('fromMikroOrm supports MikroORM on PostgreSQL, MySQL or MariaDB; this one uses another database.');
      const connection = em.getConnection('write') as Partial<MikroOrmConnection>;
      if (typeof connection.getClient !== 'function')
        return fail(`fromMikroOrm needs MikroORM 7. For MikroORM 6, pass em.getKnex() to fromKnex.`);
      return ofMikroOrm(em, dialect, options);
    },
  );
}

function ofMikroOrm(
  em: MikroOrmEntityManager,
  dialect: MikroOrmDialect,
  options: TransactionOptions | undefined,
): SqlDriver {
  /** The pool, which MikroORM creates when it first connects. */
  const connected = async (): Promise<KyselyDatabase> => {
    const connection = em.getConnection('write') as MikroOrmConnection;
    await connection.ensureConnection();
    return connection.getClient();
  };
  const database: Database = {
    dialect,
    run: async (text, parameters) => runOn(await connected(), dialect)(text, parameters),
    async open(body) {
      const db = await connected();
      await db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((trx) => body({ dialect, run: runOn(trx, dialect) }));
    },
  };
  // Each transaction and each savepoint has a context of its own.
  const hosts = () => (em.getTransactionContext() ?? undefined) as KyselyDatabase | undefined;
  const transaction = () => {
    const trx = hosts();
    return { dialect, run: trx ? runOn(trx, dialect) : database.run };
  };
  return clientDriver({ database, transaction, transactionKey: hosts, advice: ADVICE }, options);
}

/** Returns the dialect by the names of the platform's class and of those that it extends. */
function dialectOf(platform: object): MikroOrmDialect | undefined {
  for (let each: object | null = platform; each; each = Object.getPrototypeOf(each) as object | null) {
    const { name } = each.constructor;
    if (name.includes('PostgreSqlPlatform')) return 'postgres';
    if (name.includes('MySqlPlatform')) return 'mysql';
  }
  return undefined;
}
