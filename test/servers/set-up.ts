import { install } from '../tooling/install.js';
import { peer } from './peer.js';
import { DATABASE, POSTGRES } from './servers.js';

/** Installs the clients if they are missing. */
export function installClients(): void {
  install(new URL('.', import.meta.url), 'the clients', ['pg', 'drizzle-orm-0.31', 'prisma', '@nestjs/core']);
}

/** Installs MikroORM if it is missing: it needs a newer Node than the other clients. */
export function installMikroOrm(): void {
  install(new URL('../mikro-orm/', import.meta.url), 'MikroORM', ['@mikro-orm/core']);
}

/** Creates the database of these tests on PostgreSQL if it is missing. */
export async function createPostgresDatabase(): Promise<void> {
  const client = new (peer('pg').Client)({ ...POSTGRES, database: 'postgres' });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rows.length === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
