import { inject } from 'vitest';
import type { TestDatabase } from './connect.js';

let made = 0;

/** The servers that many processes share, whether available here or not, and a database for a test on each. */
export function sharedServers(): {
  readonly name: string;
  readonly missing: string;
  readonly database: TestDatabase;
}[] {
  const { postgres, mariadb } = inject('missing');
  const prefix = (): string => `p${process.pid}_${made++}_`;
  return [
    { name: 'PostgreSQL', missing: postgres, database: { dialect: 'postgres', prefix: prefix() } },
    { name: 'MariaDB', missing: mariadb, database: { dialect: 'mysql', prefix: prefix() } },
  ];
}
