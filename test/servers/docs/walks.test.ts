import { inject } from 'vitest';
import { WALKS } from '../../docs/walks.js';
import { skipped } from '../drivers/skipped.js';
import { peer } from '../peer.js';
import { MARIADB, POSTGRES } from '../servers.js';
import { describeWalk, titleOf, type WalkDatabase } from './describe-walk.js';

const missing = inject('missing');
let made = 0;

/** A name that no other run and no other walk uses. */
const named = (): string => `smart_enrolments_docs_${process.pid}_${made++}`;

const urlOf = (scheme: string, { host, port, user, password }: typeof POSTGRES, database: string): string =>
  `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`;

async function onPostgres(): Promise<WalkDatabase> {
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

async function onMariadb(): Promise<WalkDatabase> {
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

for (const walk of WALKS.filter(({ on }) => on !== 'sqlite')) {
  const why = walk.on === 'postgres' ? missing.postgres : missing.mariadb;
  if (why) skipped(titleOf(walk), why);
  else describeWalk(walk, walk.on === 'postgres' ? onPostgres : onMariadb);
}
