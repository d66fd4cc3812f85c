import type { TableRef } from '../host/columns/table-ref.js';
import { jsonArray } from '../statement/dialect.js';
import type { SqlDriver } from '../statement/driver.js';
import { type Fragment, queryJson, sql } from '../statement/fragment.js';

/**
 * Returns the conditions that at least one row satisfies. It runs once for each hint: mostly no row is irregular, and then the hint's statements
 * omit these conditions, which would keep them from using an index.
 */
export async function irregularRows(db: SqlDriver, u: TableRef, possible: readonly Fragment[]): Promise<Fragment[]> {
  if (possible.length === 0) return [];
  const exists = possible.map(
    (condition) =>
      sql`CASE WHEN EXISTS (SELECT 1 FROM ${u.from} WHERE ${u.tenantCondition} AND ${condition}) THEN 1 ELSE 0 END`,
  );
  const [found] = await queryJson<number[]>(db, sql`SELECT ${jsonArray(db.dialect, exists)} AS j`);
  return possible.filter((_, i) => found?.[i] !== 0);
}
