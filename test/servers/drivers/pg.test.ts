import { fromPg } from '../../../src/sql/drivers/pg.js';
import { peer } from '../peer.js';
import { onPostgres, pgOptions } from './on-postgres.js';

onPostgres(
  'fromPg, on pg',
  'case_pg',
  async () => {
    const pool = new (peer('pg').Pool)(pgOptions);
    return {
      driver: fromPg(pool),
      async inHosts(work) {
        const client = await pool.connect();
        try {
          await client.query('BEGIN');
          await work(fromPg(client));
          await client.query('COMMIT');
        } catch (error) {
          await client.query('ROLLBACK');
          throw error;
        } finally {
          client.release();
        }
      },
      async mistaken(work) {
        const client = await pool.connect();
        await work(fromPg(client)).finally(() => client.release());
        const single = new (peer('pg').Client)(pgOptions);
        await single.connect();
        await work(fromPg(single)).finally(() => single.end());
      },
      close: () => pool.end(),
    };
  },
  { mistakable: true },
);
