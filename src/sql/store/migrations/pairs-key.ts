import { raw, sql } from '../../statement/fragment.js';
import type { Change } from './step.js';
import { columnTypes, type Target, tableOf } from './target.js';

/** Makes the segment part of the key of `pairs`. */
export function pairsKey(target: Target): readonly Change[] {
  const { dialect } = target;
  const pairs = tableOf(target, 'pairs');
  switch (dialect) {
    case 'postgres':
      // The constraint's name depends on the length of the prefix.
      return [
        {
          statement: sql`DO $$ DECLARE old record; BEGIN
FOR old IN SELECT conname FROM pg_constraint WHERE conrelid = '${pairs}'::regclass AND contype = 'u' AND cardinality(conkey) = 3
LOOP EXECUTE format('ALTER TABLE ${pairs} DROP CONSTRAINT %I, ADD UNIQUE (tenant, link_id, course_id, segment_id)', old.conname);
END LOOP; END $$`,
        },
      ];
    case 'mysql':
      return [
        {
          statement: sql`ALTER TABLE ${pairs} DROP INDEX tenant, DROP COLUMN hash,
  ADD COLUMN key_hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, LENGTH(link_id), ':', link_id, segment_id), 256))) STORED,
  ADD UNIQUE (tenant, key_hash)`,
          isDone: (shape) => shape('pairs').has('key_hash'),
        },
      ];
    case 'sqlite':
      return rebuilt(target);
    default:
      return dialect satisfies never;
  }
}

/** SQLite cannot drop the key of a table. No table is renamed, since that would also rename the table in the host's views. */
function rebuilt(target: Target): readonly Change[] {
  const { id, tenant, number } = columnTypes(target);
  const [pairs, copy] = [tableOf(target, 'pairs'), tableOf(target, 'pairs_copy')];
  const columns = raw('no, tenant, course_id, link_id, segment_id');
  return [
    sql`CREATE TABLE ${copy} AS SELECT ${columns} FROM ${pairs}`,
    sql`DROP TABLE ${pairs}`,
    sql`CREATE TABLE ${pairs} (
  no ${number},
  tenant ${tenant} NOT NULL,
  course_id ${id} NOT NULL,
  link_id ${id} NOT NULL,
  segment_id ${id} NOT NULL DEFAULT '',
  UNIQUE (tenant, link_id, course_id, segment_id)
)`,
    sql`INSERT INTO ${pairs} (${columns}) SELECT ${columns} FROM ${copy}`,
    sql`DROP TABLE ${copy}`,
  ].map((statement) => ({ statement }));
}
