import { fromDrizzle } from '../../../src/sql/drivers/drizzle.js';
import { peer } from '../peer.js';
import { listeningPool } from './listening.js';
import type { Made } from './made.js';
import { mariadbOptions, onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';

function harness(db: ReturnType<typeof peer>, close: () => Promise<void>, options?: { dialect: 'mysql' }): Made {
  const { sql } = peer('drizzle-orm');
  return {
    driver: fromDrizzle(db, sql, options),
    inHosts: (work) => db.transaction((tx: never) => work(fromDrizzle(tx, sql, options))),
    close,
  };
}

onPostgres('fromDrizzle, on drizzle-orm and pg', 'case_drizzle_pg', async () => {
  const pool = listeningPool();
  return harness(peer('drizzle-orm/node-postgres').drizzle(pool), () => pool.end());
});

onPostgres(
  'fromDrizzle, on drizzle-orm and postgres',
  'case_drizzle_postgres_js',
  async () => {
    const { host, port, user, database } = pgOptions;
    const sql = peer('postgres')({ host, port, user, database, max: 4, onnotice: () => undefined });
    return harness(peer('drizzle-orm/postgres-js').drizzle(sql), () => sql.end({ timeout: 1 }));
  },
  { mending: false },
);

onMariadb('fromDrizzle, on drizzle-orm and mysql2', 'case_drizzle', async () => {
  const pool = peer('mysql2/promise').createPool(mariadbOptions);
  return harness(peer('drizzle-orm/mysql2').drizzle(pool), () => pool.end(), { dialect: 'mysql' });
});
