import { peer } from '../peer.js';
import { DATABASE, POSTGRES } from '../servers.js';

/** What the heap of the process whose memory is watched may grow to, in MiB: what it needs must not grow with the number of people. */
export const HEAP = 64;

/** Empties a schema of the benchmark's own; answers a pool that sees nothing else, and how to be rid of both. */
export async function poolOver(schema: string) {
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
