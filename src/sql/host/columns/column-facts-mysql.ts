import { type Fragment, raw, sql } from '../../statement/fragment.js';
import type { HostTable } from './host-tables.js';

/**
 * The statement that reads `FactsRow`s on MySQL and MariaDB. A `_bin` collation that pads with spaces treats `a` and `a ` as equal, so it is
 * not exact.
 */
export function mysqlColumns({ table, tenant }: HostTable): Fragment {
  const parts = table.split('.');
  const schema = parts.length > 1 ? sql`${parts[0]!}` : raw('DATABASE()');
  const name = parts.at(-1)!;
  const statistics = sql`FROM information_schema.statistics WHERE table_schema = ${schema} AND table_name = ${name}`;
  // A join instead of a subquery for each column: MariaDB 10.11 ignores such a condition on information_schema in a subquery.
  const indexes = sql`SELECT s.column_name, MAX(s.sub_part IS NULL AND s.seq_in_index = 1 AND s.index_type = 'BTREE') AS is_indexed,
      MAX(s.sub_part IS NULL AND s.non_unique = 0 AND i.columns - (i.tenants AND s.column_name <> ${tenant ?? ''}) = 1) AS is_unique
    FROM (SELECT column_name, sub_part, seq_in_index, index_type, non_unique, index_name ${statistics}) AS s
    JOIN (SELECT index_name, COUNT(*) AS columns, SUM(COALESCE(column_name = ${tenant ?? ''}, 0)) AS tenants ${statistics} GROUP BY index_name) AS i
      ON i.index_name = s.index_name GROUP BY s.column_name`;
  return sql`SELECT CAST(JSON_ARRAY(c.column_name, LOWER(c.data_type), LOWER(CONVERT(c.column_type USING utf8mb4)), 0,
    c.data_type IN ('enum', 'set'), CASE WHEN c.data_type = 'decimal' THEN c.numeric_precision END, c.character_set_name, c.collation_name,
    c.data_type = 'varbinary' OR COALESCE(c.data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext')
      AND (c.collation_name LIKE '%nopad!_bin' ESCAPE '!' OR c.collation_name = 'utf8mb4_0900_bin'), 0),
    c.is_nullable = 'YES',
    COALESCE(x.is_indexed, 0), COALESCE(x.is_unique, 0)) AS CHAR) AS j
    FROM information_schema.columns AS c LEFT JOIN (${indexes}) AS x ON x.column_name = c.column_name
    WHERE c.table_schema = ${schema} AND c.table_name = ${name}`;
}
