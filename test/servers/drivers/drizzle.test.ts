import { PGlite } from '@electric-sql/pglite';
import { expect, inject, test } from 'vitest';
import { fromDrizzle } from '../../../src/sql/drivers/drizzle.js';
import { driverContract } from '../../sql/drivers/driver-contract.js';
import { peer } from '../peer.js';
import type { ClientHarness } from './client-harness.js';
import { listeningPool } from './listening.js';
import { mariadbOptions, onMariadb } from './on-mariadb.js';
import { onPostgres, pgOptions } from './on-postgres.js';

/** Drizzle over a client, in the newest version by default. */
function harness(
  client: string,
  db: ReturnType<typeof peer>,
  close: () => Promise<void>,
  { version = 'drizzle-orm', ...options }: { readonly version?: string; readonly dialect?: 'mysql' } = {},
): ClientHarness {
  const { sql } = peer(version);
  const drizzle = peer(`${version}/${client}`).drizzle(db);
  return {
    driver: fromDrizzle(drizzle, sql, options),
    inHosts: (work) => drizzle.transaction((tx: never) => work(fromDrizzle(tx, sql, options))),
    close,
  };
}

const postgresJs = () => {
  const { host, port, user, database } = pgOptions;
  return peer('postgres')({ host, port, user, database, max: 4, onnotice: () => undefined });
};

onPostgres('fromDrizzle, on drizzle-orm and pg', 'case_drizzle_pg', async () => {
  const pool = listeningPool();
  return harness('node-postgres', pool, () => pool.end());
});

onPostgres(
  'fromDrizzle, on drizzle-orm and postgres',
  'case_drizzle_postgres_js',
  async () => {
    const client = postgresJs();
    return harness('postgres-js', client, () => client.end({ timeout: 1 }));
  },
  { reconnects: false },
);

/** The oldest version that is supported. */
const OLD = 'drizzle-orm-0.31';

onPostgres('fromDrizzle, on drizzle-orm 0.31 and pg', 'case_drizzle_old_pg', async () => {
  const pool = listeningPool();
  return harness('node-postgres', pool, () => pool.end(), { version: OLD });
});

onPostgres(
  'fromDrizzle, on drizzle-orm 0.31 and postgres',
  'case_drizzle_old_postgres_js',
  async () => {
    const client = postgresJs();
    return harness('postgres-js', client, () => client.end({ timeout: 1 }), { version: OLD });
  },
  { reconnects: false },
);

driverContract(
  'fromDrizzle, on drizzle-orm and PGlite',
  { dialect: 'postgres', concurrent: false, observed: false, mistakable: false },
  async () => {
    const client = await PGlite.create();
    return { ...harness('pglite', client, () => client.close()), table: 'driver_case' };
  },
);

test.skipIf(inject('missing').postgres)(
  'drizzle-orm 0.31 on postgres encodes a JSON parameter twice, which is why the library passes JSON as text',
  async () => {
    const client = postgresJs();
    const { sql } = peer(OLD);
    const db = peer(`${OLD}/postgres-js`).drizzle(client);
    const json = JSON.stringify(['a']);
    const [row] = await db.execute(
      sql`SELECT jsonb_typeof(${json}::jsonb) AS twice, jsonb_typeof(${json}::text::jsonb) AS once`,
    );
    expect(row).toEqual({ twice: 'string', once: 'array' });
    await client.end({ timeout: 1 });
  },
);

onMariadb('fromDrizzle, on drizzle-orm and mysql2', 'case_drizzle', async () => {
  const pool = peer('mysql2/promise').createPool(mariadbOptions);
  return harness('mysql2', pool, () => pool.end(), { dialect: 'mysql' });
});

test.skipIf(inject('missing').mariadb)(
  'drizzle-orm 0.31 on mysql2 sends malformed SQL for an isolation level, so fromDrizzle needs 0.32 there',
  async () => {
    const pool = peer('mysql2/promise').createPool(mariadbOptions);
    const db = peer(`${OLD}/mysql2`).drizzle(pool);
    const transaction = db.transaction(async () => undefined, { isolationLevel: 'read committed' });
    await expect(transaction).rejects.toMatchObject({ errno: 1064 });
    await pool.end();
  },
);
