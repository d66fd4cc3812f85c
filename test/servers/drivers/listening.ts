import { peer } from '../peer.js';
import { pgOptions } from './on-postgres.js';

/** A pool of pg for libraries that do not listen when a connection of theirs ends: without a listener that ends the process. */
export function listeningPool(): ReturnType<typeof peer> {
  const pool = new (peer('pg').Pool)(pgOptions);
  pool.on('connect', (client: { on(event: 'error', listener: () => void): void }) =>
    client.on('error', () => undefined),
  );
  return pool;
}
