import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, run, sql } from '../../statement/fragment.js';
import type { IdKind } from '../../statement/id-kind.js';
import { foldsCase } from './same-id.js';
import { inOrder, type TableRef } from './table-ref.js';

/**
 * Returns the expression that sorts the host's ids in the order of the library's own column for them, where uuids are in lower case. If a
 * case-sensitive column contains upper case, it is sorted by LOWER, for which no index can be used.
 */
export async function orderOf(
  db: SqlDriver,
  u: TableRef,
  name: string,
  kind: IdKind,
): Promise<(id: Fragment) => Fragment> {
  const { dialect } = db;
  const facts = u.facts(name);
  // MariaDB's uuid type sorts uuids by their parts.
  if (kind === 'uuid' && dialect === 'mysql' && facts?.type === 'uuid') return (id) => sql`CONVERT(${id} USING ascii)`;
  if (kind === 'uuid' && !foldsCase(dialect, facts)) {
    const id = u.column(name);
    const upper = await run(db, sql`SELECT 1 AS j FROM ${u.from} WHERE ${u.ours} AND ${id} <> LOWER(${id}) LIMIT 1`);
    if (upper.length > 0) return (column) => sql`LOWER(${column})`;
  }
  return (id) => inOrder(dialect, kind, id);
}
