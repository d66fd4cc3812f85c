import { inject } from 'vitest';
import type { Place } from './connect.js';

let made = 0;

/** The servers that many processes share, whether available here or not, and a place on each. */
export function places(): { readonly name: string; readonly missing: string; readonly place: Place }[] {
  const { postgres, mariadb } = inject('missing');
  const prefix = (): string => `p${process.pid}_${made++}_`;
  return [
    { name: 'PostgreSQL', missing: postgres, place: { dialect: 'postgres', prefix: prefix() } },
    { name: 'MariaDB', missing: mariadb, place: { dialect: 'mysql', prefix: prefix() } },
  ];
}
