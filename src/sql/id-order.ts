import { inOrder, type TableRef } from './columns.js';
import type { SqlDriver } from './driver.js';
import { type Fragment, run, sql } from './fragment.js';
import type { IdKind } from './id-kind.js';
import { foldsCase } from './same-id.js';

/**
 * Returns how the host's ids are put in the order of the library's own column for them. Uuids are in lower case there; where a column tells the
 * cases apart and has upper case in it, it is ordered as if it had none, which no index serves.
 */
export async function orderOf(
  db: SqlDriver,
  u: TableRef,
  name: string,
  kind: IdKind,
): Promise<(id: Fragment) => Fragment> {
  const { dialect } = db;
  const facts = u.facts(name);
  // The type of MariaDB's orders uuids by their parts.
  if (kind === 'uuid' && dialect === 'mysql' && facts?.type === 'uuid') return (id) => sql`CONVERT(${id} USING ascii)`;
  if (kind === 'uuid' && !foldsCase(dialect, facts)) {
    const id = u.column(name);
    const upper = await run(db, sql`SELECT 1 AS j FROM ${u.from} WHERE ${u.ours} AND ${id} <> LOWER(${id}) LIMIT 1`);
    if (upper.length > 0) return (column) => sql`LOWER(${column})`;
  }
  return (id) => inOrder(dialect, kind, id);
}
