import type { Dialect, SqlDriver } from '../../statement/driver.js';
import { type Fragment, run, sql } from '../../statement/fragment.js';
import { type IdKind, ofKind } from '../../statement/id-kind.js';
import { foldsCase } from './same-id.js';
import type { TableRef } from './table-ref.js';

/**
 * Returns the expression that sorts the host's ids in the order of the library's own column for them, where uuids are in lower case. If a
 * case-sensitive column contains upper case, it is sorted by LOWER, for which no index can be used.
 */
export async function idSortKey(
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
    const upper = await run(
      db,
      sql`SELECT 1 AS j FROM ${u.from} WHERE ${u.tenantCondition} AND ${id} <> LOWER(${id}) LIMIT 1`,
    );
    if (upper.length > 0) return (column) => sql`LOWER(${column})`;
  }
  return (id) => plainSortKey(dialect, kind, id);
}

/** An id with the collation of the library's own column for it. */
function plainSortKey(dialect: Dialect, kind: IdKind, id: Fragment): Fragment {
  if (kind !== 'text') return id;
  if (dialect === 'mysql') return ofKind(dialect, kind, id);
  return dialect === 'postgres' ? sql`CAST(${id} AS text) COLLATE "default"` : sql`${id} COLLATE BINARY`;
}
