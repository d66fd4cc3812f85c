import { peer } from '../peer.js';
import { DATABASE, POSTGRES } from '../servers.js';
import { createPostgresDatabase } from '../set-up.js';

/** The heap limit of the process whose memory is measured, in MiB: its memory must not grow with the number of people. */
export const HEAP = 64;

/**
 * Creates the database if it is missing, and empties the benchmark's own schema; resolves with a pool that uses only this schema, and a
 * function that drops the schema and ends the pool.
 */
export async function poolOver(schema: string) {
  await createPostgresDatabase();
  const options = { ...POSTGRES, database: DATABASE, max: 4, options: `-c search_path=${schema}` };
  const pool = new (peer('pg').Pool)(options);
  await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await pool.query(`CREATE SCHEMA ${schema}`);
  const drop = async (): Promise<void> => {
    await pool.query(`DROP SCHEMA ${schema} CASCADE`);
    await pool.end();
  };
  return { pool, drop };
}
