import { setTimeout as sleep } from 'node:timers/promises';
import { peer } from '../peer.js';
import { MARIADB, POSTGRES } from '../servers.js';

/** The database whose connections are ended. */
export const ENDED_DATABASE = 'smart_enrolments_test_ended';

/** How long connections are ended, in milliseconds. */
const LONGEST = 20_000;

/** Ends random connections to the database until at least the wanted number has ended; resolves with how many. */
export async function endConnections(dialect: 'postgres' | 'mysql', wanted: number): Promise<number> {
  const { endSome, close } = await (dialect === 'postgres' ? onPostgres() : onMariadb());
  const until = Date.now() + LONGEST;
  let ended = 0;
  while (ended < wanted && Date.now() < until) {
    ended += await endSome();
    await sleep(Math.random() < 0.5 ? 0 : 4);
  }
  await close();
  return ended;
}

interface Ending {
  endSome(): Promise<number>;
  close(): Promise<void>;
}

async function onPostgres(): Promise<Ending> {
  const client = new (peer('pg').Client)({ ...POSTGRES, database: 'postgres' });
  await client.connect();
  return {
    async endSome() {
      const { rowCount } = await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND random() < 0.5',
        [ENDED_DATABASE],
      );
      return rowCount;
    },
    close: () => client.end(),
  };
}

async function onMariadb(): Promise<Ending> {
  const connection = await peer('mysql2/promise').createConnection(MARIADB);
  return {
    async endSome() {
      const [rows] = await connection.query(
        'SELECT id FROM information_schema.processlist WHERE db = ? AND RAND() < 0.5',
        [ENDED_DATABASE],
      );
      let ended = 0;
      for (const { id } of rows as { readonly id: number }[]) {
        // The connection may have ended already.
        await connection.query(`KILL ${id}`).then(
          () => ended++,
          () => undefined,
        );
      }
      return ended;
    },
    close: () => connection.end(),
  };
}

/** Creates the database if it is missing. */
export async function makeDatabase(dialect: 'postgres' | 'mysql', database = ENDED_DATABASE): Promise<void> {
  if (dialect === 'mysql') {
    const connection = await peer('mysql2/promise').createConnection(MARIADB);
    await connection.query(`CREATE DATABASE IF NOT EXISTS ${database}`);
    await connection.end();
    return;
  }
  const client = new (peer('pg').Client)({ ...POSTGRES, database: 'postgres' });
  await client.connect();
  const { rows } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (rows.length === 0) await client.query(`CREATE DATABASE ${database}`);
  await client.end();
}
