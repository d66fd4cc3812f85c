import { fromKnex } from '../../../src/sql/drivers/knex.js';
import { peer } from '../peer.js';
import type { ClientHarness } from './client-harness.js';
import { mariadbOptions, onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';

function harness(db: ReturnType<typeof peer>): ClientHarness {
  return {
    driver: fromKnex(db),
    inHosts: (work) => db.transaction((trx: never) => work(fromKnex(trx))),
    close: () => db.destroy(),
  };
}

onPostgres('fromKnex, on knex and pg', 'case_knex', async () =>
  harness(peer('knex')({ client: 'pg', connection: pgOptions, pool: { min: 0, max: 4 } })),
);

onMariadb('fromKnex, on knex and mysql2', 'case_knex', async () => {
  const { connectionLimit: _, ...connection } = mariadbOptions;
  return harness(peer('knex')({ client: 'mysql2', connection, pool: { min: 0, max: 4 } }));
});
