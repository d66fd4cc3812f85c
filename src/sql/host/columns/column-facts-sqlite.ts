import { type Fragment, raw, sql } from '../../statement/fragment.js';
import type { HostTable } from './host-tables.js';

/** The declared type in lower case; an expression in a view has none. */
const declared = raw(`LOWER(COALESCE(c.type, ''))`);

/**
 * The statement that reads `FactsRow`s on SQLite. The catalog does not show a column's collation, so no column is exact, and an index
 * counts as one of the column only if it compares bytes.
 */
export function sqliteColumns({ table, tenant }: HostTable): Fragment {
  const parts = table.split('.');
  const name = parts.at(-1)!;
  // Without a schema the pragma searches as FROM does: temporary tables first.
  const about = parts.length > 1 ? sql`${name}, ${parts[0]!}` : sql`${name}`;
  const schema = parts.length > 1 ? sql`, ${parts[0]!}` : raw('');
  const indexed = sql`SELECT 1 FROM pragma_index_list(${about}) AS l JOIN pragma_index_xinfo(l.name${schema}) AS x ON x.name = c.name AND x.key = 1
    WHERE l.partial = 0`;
  const others = sql`SELECT 1 FROM pragma_index_xinfo(l.name${schema}) AS o
    WHERE o.key = 1 AND (o.name IS NULL OR LOWER(o.name) NOT IN (LOWER(c.name), LOWER(${tenant ?? ''})))`;
  // The rules of https://www.sqlite.org/datatype3.html#determination_of_column_affinity, in the same order.
  const affinity = sql`CASE WHEN ${declared} LIKE '%int%' THEN 'integer'
      WHEN ${declared} LIKE '%char%' OR ${declared} LIKE '%clob%' OR ${declared} LIKE '%text%' THEN 'text'
      WHEN ${declared} LIKE '%blob%' OR ${declared} IN ('', 'any') THEN 'blob'
      WHEN ${declared} LIKE '%real%' OR ${declared} LIKE '%floa%' OR ${declared} LIKE '%doub%' THEN 'real' ELSE 'numeric' END`;
  return sql`SELECT json_array(c.name, ${affinity}, ${declared}, 0, 0, NULL, NULL, NULL, 0, c."notnull" = 0,
    EXISTS (${indexed} AND x.seqno = 0 AND x.coll = 'BINARY') OR c.pk = 1 AND ${declared} = 'integer',
    EXISTS (${indexed} AND l."unique" = 1 AND NOT EXISTS (${others}))
      OR c.pk = 1 AND (SELECT MAX(pk) FROM pragma_table_xinfo(${about})) = 1) AS j
    FROM pragma_table_xinfo(${about}) AS c`;
}
