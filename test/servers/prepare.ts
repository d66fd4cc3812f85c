import type { TestProject } from 'vitest/node';
import { HAS_MIKRO_ORM, ONLY_NEWER } from './newer-node.js';
import { peer } from './peer.js';
import { generateClients } from './prisma/prisma.js';
import { DATABASE, MARIADB, POSTGRES } from './servers.js';
import { createPostgresDatabase, installClients, installMikroOrm } from './set-up.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Why the tests of each server are skipped; empty if it is available. */
    missing: { readonly postgres: string; readonly mariadb: string };
  }
}

/** Installs and generates the clients if they are missing, and creates a database on each reachable server. */
export default async function prepare({ provide }: TestProject): Promise<void> {
  installClients();
  if (HAS_MIKRO_ORM) installMikroOrm();
  if (!ONLY_NEWER) generateClients();
  const postgres = await reason(
    'PostgreSQL',
    POSTGRES,
    'initdb and pg_ctl start, as user postgres',
    createPostgresDatabase,
  );
  const mariadb = await reason('MariaDB', MARIADB, 'apt-get install mariadb-server, and mariadbd-safe', async () => {
    const connection = await peer('mysql2/promise').createConnection(MARIADB);
    await connection.query(`CREATE DATABASE IF NOT EXISTS ${DATABASE} CHARACTER SET utf8mb4`);
    await connection.end();
  });
  provide('missing', { postgres, mariadb });
}

async function reason(
  name: string,
  { host, port, user }: { readonly host: string; readonly port: number; readonly user: string },
  start: string,
  reach: () => Promise<void>,
): Promise<string> {
  try {
    await reach();
    return '';
  } catch (error) {
    const why = `no ${name} for ${user} at ${host}:${port} (${String(error)}); start one: ${start}`;
    if (process.env.CI) throw new Error(why, { cause: error });
    console.warn(`SKIPPED: ${why}`);
    return why;
  }
}
