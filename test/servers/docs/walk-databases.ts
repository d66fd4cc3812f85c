import { peer } from '../peer.js';
import { MARIADB, POSTGRES } from '../servers.js';
import type { WalkDatabase } from './describe-walk.js';

let made = 0;

/** A name that no other run and no other walk uses. */
const named = (): string => `smart_enrolments_docs_${process.pid}_${made++}`;

const urlOf = (scheme: string, { host, port, user, password }: typeof POSTGRES, database: string): string =>
  `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`;

/** A new database on PostgreSQL. */
export async function onPostgres(): Promise<WalkDatabase> {
  const { Client } = peer('pg');
  const [name, admin] = [named(), new Client({ ...POSTGRES, database: 'postgres' })];
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const client = new Client({ ...POSTGRES, database: name });
  await client.connect();
  return {
    env: { DATABASE_URL: urlOf('postgres', POSTGRES, name) },
    run: (sql) => client.query(sql),
    async drop() {
      await client.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** A new database on MariaDB. */
export async function onMariadb(): Promise<WalkDatabase> {
  const name = named();
  const connection = await peer('mysql2/promise').createConnection({ ...MARIADB, multipleStatements: true });
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4; USE ${name}`);
  return {
    env: { DATABASE_URL: urlOf('mysql', MARIADB, name) },
    run: (sql) => connection.query(sql),
    async drop() {
      await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
    },
  };
}

/** A file that the walk's own code creates in the folder in which its blocks run, which is deleted with it. */
export async function inFolder(env: WalkDatabase['env'] = {}): Promise<WalkDatabase> {
  return {
    env,
    run: () => Promise.reject(new Error('SQL for SQLite is part of the code.')),
    drop: async () => undefined,
  };
}
