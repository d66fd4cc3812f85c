import { setTimeout as sleep } from 'node:timers/promises';
import { fromMysql2, fromPg, migrate } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { MARIADB, POSTGRES } from '../servers.js';

/** A database of one test, with the table `users` of an application and the library's tables. */
export interface Throwaway {
  readonly name: string;
  readonly url: string;
  /** The names of the library's tables and sequences, each with its schema, in order. */
  libraryOwns(): Promise<string[]>;
  /** The columns of the application's table. */
  columnsOfUsers(): Promise<string[]>;
}

let made = 0;
const named = (): string => `smart_enrolments_tools_${process.pid}_${made++}`;

/** Runs work on a new PostgreSQL database that is dropped at the end. With `schema`, the library's tables are in a schema of that name. */
export async function onThrowaway(
  { schema }: { readonly schema?: string },
  work: (database: Throwaway) => Promise<void>,
): Promise<void> {
  const { Client, Pool } = peer('pg');
  const [name, admin] = [named(), new Client({ ...POSTGRES, database: 'postgres' })];
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const pool = new Pool({ ...POSTGRES, database: name, max: 2 });
  const namesOf = async (sql: string): Promise<string[]> =>
    (await pool.query(sql)).rows.map((row: { name: string }) => row.name);
  try {
    await pool.query('CREATE TABLE users (id integer PRIMARY KEY)');
    if (schema) await pool.query(`CREATE SCHEMA ${schema}`);
    await migrate(fromPg(pool), {
      learnerIds: 'integer',
      ...(schema && { prefix: `${schema}.smart_enrolments_` }),
    });
    await work({
      name,
      url: urlOf('postgres', POSTGRES, name),
      libraryOwns: () =>
        namesOf(
          `SELECT relnamespace::regnamespace || '.' || relname AS name FROM pg_class
           WHERE relkind IN ('r', 'S') AND starts_with(relname, 'smart_enrolments_') ORDER BY 1`,
        ),
      columnsOfUsers: () =>
        namesOf(
          `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'users'::regclass AND attnum > 0 ORDER BY 1`,
        ),
    });
  } finally {
    await pool.end();
    // A client resolves before the server has ended its connection; ended by force, it would emit an error.
    const open = 'SELECT 1 FROM pg_stat_activity WHERE datname = $1';
    for (let i = 0; i < 100 && (await admin.query(open, [name])).rows.length > 0; i++) await sleep(20);
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
}

/** Runs work on a new MariaDB database that is dropped at the end. The table `users` has no key, which drizzle-kit 0.31 would try to add again. */
export async function onMariadbThrowaway(work: (database: Throwaway) => Promise<void>): Promise<void> {
  const [name, mysql] = [named(), peer('mysql2/promise')];
  const admin = await mysql.createConnection(MARIADB);
  await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const pool = mysql.createPool({ ...MARIADB, database: name });
  const namesOf = async (what: string, condition: string): Promise<string[]> => {
    const [rows] = await pool.query(
      `SELECT ${what}_name AS name FROM information_schema.${what}s WHERE table_schema = ? AND ${condition} ORDER BY 1`,
      [name],
    );
    return (rows as { readonly name: string }[]).map((row) => row.name);
  };
  try {
    await pool.query('CREATE TABLE users (id int NOT NULL)');
    await migrate(fromMysql2(pool), { learnerIds: 'integer' });
    await work({
      name,
      url: urlOf('mysql', MARIADB, name),
      libraryOwns: () => namesOf('table', "table_name LIKE 'smart\\_enrolments\\_%'"),
      columnsOfUsers: () => namesOf('column', "table_name = 'users'"),
    });
  } finally {
    await pool.end();
    await admin.query(`DROP DATABASE ${name}`);
    await admin.end();
  }
}

function urlOf(scheme: string, { host, port, user, password }: typeof POSTGRES, database: string): string {
  return `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}
