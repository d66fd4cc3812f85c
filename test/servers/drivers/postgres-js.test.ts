import { fromPostgresJs } from '../../../src/sql/drivers/postgres-js.js';
import { peer } from '../peer.js';
import { onPostgres, pgOptions } from './on-postgres.js';

const { host, port, user, database } = pgOptions;

onPostgres(
  'fromPostgresJs, on postgres',
  'case_postgres_js',
  async () => {
    const connection = { default_transaction_isolation: 'serializable' };
    const sql = peer('postgres')({ host, port, user, database, max: 4, connection, onnotice: () => undefined });
    return {
      driver: fromPostgresJs(sql),
      inHosts: async (work) => void (await sql.begin((inside: never) => work(fromPostgresJs(inside)))),
      async mistaken(work) {
        const reserved = await sql.reserve();
        await work(fromPostgresJs(reserved)).finally(() => reserved.release());
      },
      close: () => sql.end({ timeout: 1 }),
    };
  },
  // Version 3.4.9 reports the end of an old connection again on its replacement.
  { mistakable: true, reconnects: false },
);
