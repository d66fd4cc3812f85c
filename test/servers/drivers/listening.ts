import { peer } from '../peer.js';
import { pgOptions } from './on-postgres.js';

/** A pg pool for libraries that do not listen for lost connections: without a listener, a lost connection ends the process. */
export function listeningPool(): ReturnType<typeof peer> {
  const pool = new (peer('pg').Pool)(pgOptions);
  pool.on('connect', (client: { on(event: 'error', listener: () => void): void }) =>
    client.on('error', () => undefined),
  );
  return pool;
}
