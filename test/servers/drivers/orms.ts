import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { peer } from '../peer.js';
import { DATABASE, MARIADB, POSTGRES } from '../servers.js';

export type ServerDialect = 'postgres' | 'mysql';

/** Options of a client that tests change. */
export interface OrmOptions {
  readonly database?: string;
  readonly max?: number;
  /** Sequelize: how long it waits for a connection, in milliseconds. */
  readonly acquire?: number;
  /** Settings that PostgreSQL is started with for each connection. */
  readonly settings?: string;
}

/** An initialized TypeORM DataSource, over pg or mysql2. */
export async function makeTypeOrm(
  dialect: ServerDialect,
  { database = DATABASE, max = 4, settings }: OrmOptions = {},
): Promise<ReturnType<typeof peer>> {
  const { host, port, user: username, password } = dialect === 'postgres' ? POSTGRES : MARIADB;
  const dataSource = new (peer('typeorm').DataSource)({
    ...{ type: dialect === 'postgres' ? 'postgres' : 'mariadb', host, port, username, password, database },
    ...{ poolSize: max, logging: false },
    ...(dialect === 'mysql' && { charset: 'utf8mb4_unicode_ci' }),
    // TypeORM logs the errors of idle connections.
    ...(dialect === 'postgres' && { poolErrorHandler: () => undefined, extra: { options: settings } }),
  });
  await dataSource.initialize();
  return dataSource;
}

/** A module like pg whose clients have a listener from the beginning, as the guide shows: Sequelize adds its own too late. */
function listeningPg(): object {
  const pg = peer('pg');
  class Client extends pg.Client {
    constructor(config: unknown) {
      super(config);
      this.on('error', () => undefined);
    }
  }
  return { ...pg, Client };
}

/** A Sequelize instance, over pg or mysql2. */
export function makeSequelize(
  dialect: ServerDialect,
  { database = DATABASE, max = 4, acquire = 60_000, settings }: OrmOptions = {},
): ReturnType<typeof peer> {
  const { host, port, user, password } = dialect === 'postgres' ? POSTGRES : MARIADB;
  return new (peer('sequelize').Sequelize)(database, user, password, {
    ...{ dialect, host, port, logging: false, pool: { max, acquire } },
    ...(dialect === 'postgres' && { dialectModule: listeningPg() }),
    dialectOptions: dialect === 'postgres' ? { options: settings } : { charset: 'utf8mb4' },
  });
}

/** A CLS namespace for `Sequelize.useCLS`, over AsyncLocalStorage. */
export function clsNamespace() {
  const storage = new AsyncLocalStorage<Map<string, unknown>>();
  return {
    bind: (work: unknown) => work,
    run: (work: (context: unknown) => void) => storage.run(new Map(storage.getStore()), () => work(undefined)),
    get: (key: string) => storage.getStore()?.get(key),
    set: (key: string, value: unknown) => storage.getStore()?.set(key, value),
  };
}

/** Loads a package of `test/mikro-orm/package.json`, which needs a newer Node. */
// biome-ignore lint/suspicious/noExplicitAny: as in peer().
function mikroOrmPeer(name: string): any {
  return createRequire(new URL('../../mikro-orm/', import.meta.url))(name);
}

/** A MikroORM instance without entities, over pg or mysql2. */
export async function makeMikroOrm(
  dialect: ServerDialect,
  { database = DATABASE, max = 4, settings }: OrmOptions = {},
): Promise<ReturnType<typeof peer>> {
  const { host, port, user, password } = dialect === 'postgres' ? POSTGRES : MARIADB;
  const { MikroORM } = mikroOrmPeer(dialect === 'postgres' ? '@mikro-orm/postgresql' : '@mikro-orm/mariadb');
  return MikroORM.init({
    ...{ host, port, user, password, dbName: database, pool: { min: 0, max } },
    ...{ entities: [], discovery: { warnWhenNoEntities: false }, logger: () => undefined },
    ...(dialect === 'postgres' && settings !== undefined && { driverOptions: { options: settings } }),
  });
}
