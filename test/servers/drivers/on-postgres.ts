import { inject } from 'vitest';
import { fromPg } from '../../../src/sql/drivers/pg.js';
import type { SqlDriver } from '../../../src/sql/statement/driver.js';
import { driverContract } from '../../sql/drivers/driver-contract.js';
import { peer } from '../peer.js';
import { DATABASE, POSTGRES } from '../servers.js';
import type { ClientHarness } from './client-harness.js';
import { skipped } from './skipped.js';

/** A different default isolation level, so that the requested level is visible. */
export const pgOptions = {
  ...POSTGRES,
  database: DATABASE,
  max: 4,
  options: '-c default_transaction_isolation=serializable',
};

/** Tests a wrapper with the contract on PostgreSQL, if it is reachable. */
export function onPostgres(
  name: string,
  table: string,
  make: () => Promise<ClientHarness>,
  { mistakable = false, reconnects = true }: { readonly mistakable?: boolean; readonly reconnects?: boolean } = {},
): void {
  const { postgres } = inject('missing');
  if (postgres) {
    skipped(name, postgres);
    return;
  }
  driverContract(name, { dialect: 'postgres', concurrent: true, observed: true, mistakable, reconnects }, async () => {
    const watching = new (peer('pg').Pool)({ ...POSTGRES, database: DATABASE, max: 1 });
    const observer: SqlDriver = fromPg(watching);
    const made = await make();
    return { ...made, observer, table, close: () => made.close().then(() => watching.end()) };
  });
}
