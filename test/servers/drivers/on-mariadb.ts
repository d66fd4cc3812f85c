import { inject } from 'vitest';
import { fromMysql2 } from '../../../src/sql/drivers/mysql2.js';
import { driverContract } from '../../sql/drivers/driver-contract.js';
import { peer } from '../peer.js';
import { DATABASE, MARIADB } from '../servers.js';
import type { ClientHarness } from './client-harness.js';
import { skipped } from './skipped.js';

export const mariadbOptions = { ...MARIADB, database: DATABASE, connectionLimit: 4, charset: 'utf8mb4_unicode_ci' };

/** Tests a wrapper with the contract on MariaDB, if it is reachable. */
export function onMariadb(
  name: string,
  table: string,
  make: () => Promise<ClientHarness>,
  { mistakable = false }: { readonly mistakable?: boolean } = {},
): void {
  const { mariadb } = inject('missing');
  if (mariadb) {
    skipped(name, mariadb);
    return;
  }
  driverContract(name, { dialect: 'mysql', concurrent: true, observed: true, mistakable }, async () => {
    const watching = peer('mysql2/promise').createPool({ ...mariadbOptions, connectionLimit: 1 });
    const made = await make();
    return { ...made, observer: fromMysql2(watching), table, close: () => made.close().then(() => watching.end()) };
  });
}
