import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { peer } from '../peer.js';
import type { TestDatabase } from './test-database.js';

/** A database to upgrade, and how to remove it. */
export interface Store {
  readonly name: string;
  /** Why it is not available here; empty if it is. */
  readonly missing: string;
  readonly database: TestDatabase;
  remove(): void;
}

let made = 0;

/** Every database that is upgraded, each with its own prefix. */
export function stores(): readonly Store[] {
  const { postgres, mariadb } = inject('missing');
  const prefix = (): string => `v${process.pid}_${made++}_`;
  const folder = mkdtempSync(join(tmpdir(), 'smart-enrolments-'));
  return [
    { name: 'PostgreSQL', missing: postgres, database: { dialect: 'postgres', prefix: prefix() }, remove: () => {} },
    { name: 'MariaDB', missing: mariadb, database: { dialect: 'mysql', prefix: prefix() }, remove: () => {} },
    {
      name: 'SQLite',
      missing: missingSqlite(),
      database: { dialect: 'sqlite', prefix: prefix(), file: join(folder, 'lms.db') },
      remove: () => rmSync(folder, { recursive: true }),
    },
  ];
}

function missingSqlite(): string {
  try {
    new (peer('better-sqlite3'))(':memory:').close();
    return '';
  } catch (error) {
    return `better-sqlite3 does not run here (${String(error)}): npm rebuild better-sqlite3 in test/servers`;
  }
}
