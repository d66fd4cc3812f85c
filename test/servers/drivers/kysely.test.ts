import { fromKysely } from '../../../src/sql/drivers/kysely.js';
import { peer } from '../peer.js';
import type { ClientHarness } from './client-harness.js';
import { listeningPool } from './listening.js';
import { mariadbOptions, onMariadb } from './on-mariadb.js';
import { onPostgres } from './on-postgres.js';

function harness(db: ReturnType<typeof peer>, dialect: 'postgres' | 'mysql'): ClientHarness {
  return {
    driver: fromKysely(db, { dialect }),
    inHosts: (work) => db.transaction().execute((trx: never) => work(fromKysely(trx, { dialect }))),
    close: () => db.destroy(),
  };
}

onPostgres('fromKysely, on kysely and pg', 'case_kysely', async () => {
  const { Kysely, PostgresDialect, CamelCasePlugin } = peer('kysely');
  const pool = listeningPool();
  return harness(new Kysely({ dialect: new PostgresDialect({ pool }), plugins: [new CamelCasePlugin()] }), 'postgres');
});

onMariadb('fromKysely, on kysely and mysql2', 'case_kysely', async () => {
  const { Kysely, MysqlDialect } = peer('kysely');
  return harness(
    new Kysely({ dialect: new MysqlDialect({ pool: peer('mysql2').createPool(mariadbOptions) }) }),
    'mysql',
  );
});
