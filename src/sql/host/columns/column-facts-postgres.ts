import { type Fragment, sql } from '../../statement/fragment.js';
import { quoted } from '../../statement/identifier.js';
import type { HostTable } from './host-tables.js';

/**
 * The statement that reads {@link FactsRow}s on Postgres. `to_regclass` resolves a name as FROM does. Read as JSON, `collisdeterministic` may be
 * missing: before version 12 every collation was deterministic.
 */
export function postgresColumns({ table, tenant }: HostTable): Fragment {
  const name = quoted('postgres', table, 'table').texts.join('');
  return sql`WITH RECURSIVE columns AS (
    SELECT attrelid, attnum, attname, attnotnull, atttypid, atttypmod, attcollation FROM pg_catalog.pg_attribute
    WHERE attrelid = pg_catalog.to_regclass(${name}::text) AND attnum > 0 AND NOT attisdropped
  ), types AS (
    SELECT attnum, atttypid AS type, atttypmod AS modifier, FALSE AS is_array FROM columns
    UNION ALL
    SELECT attnum, CASE WHEN typtype = 'd' THEN typbasetype ELSE typelem END,
      CASE WHEN typtype = 'd' AND typtypmod <> -1 THEN typtypmod ELSE modifier END, is_array OR typtype <> 'd'
    FROM types JOIN pg_catalog.pg_type AS t ON t.oid = type WHERE typtype = 'd' OR typcategory = 'A' AND typelem <> 0
  ), indexes AS (
    SELECT i.indkey[0] AS first, am.amname = 'btree' AS is_sorted, i.indisunique AS is_unique, i.indkey[0:i.indnkeyatts - 1]::smallint[] AS keys
    FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS k ON k.oid = i.indexrelid JOIN pg_catalog.pg_am AS am ON am.oid = k.relam
    WHERE i.indrelid = (SELECT min(attrelid::bigint) FROM columns)::oid AND i.indpred IS NULL AND i.indisvalid AND i.indexprs IS NULL
  )
  SELECT CAST(json_build_array(attname, t.typname, pg_catalog.format_type(atttypid, atttypmod), b.is_array, t.typtype = 'e',
    CASE WHEN t.typname = 'numeric' AND b.modifier >= 4 THEN (b.modifier - 4) / 65536 END, NULL, l.collname,
    t.typname IN ('text', 'varchar', 'name') AND NOT b.is_array AND COALESCE((to_json(l) ->> 'collisdeterministic')::boolean, TRUE),
    NOT attnotnull,
    EXISTS (SELECT 1 FROM indexes WHERE is_sorted AND first = c.attnum),
    EXISTS (SELECT 1 FROM indexes WHERE is_unique AND c.attnum = ANY(keys)
      AND keys <@ ARRAY[c.attnum, (SELECT attnum FROM columns WHERE attname = ${tenant ?? null}::text)])) AS text) AS j
  FROM columns AS c
  JOIN LATERAL (SELECT type, modifier, is_array FROM types WHERE types.attnum = c.attnum AND NOT EXISTS (
    SELECT 1 FROM pg_catalog.pg_type AS more WHERE more.oid = types.type AND (more.typtype = 'd' OR more.typcategory = 'A' AND more.typelem <> 0)
  )) AS b ON TRUE
  JOIN pg_catalog.pg_type AS t ON t.oid = b.type
  LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = c.attcollation`;
}
