import type { Dialect } from './driver.js';
import { Fragment, joined, raw, sql } from './fragment.js';
import { type IdKind, ofKind } from './id-kind.js';
import { jsonOf } from './json.js';

/**
 * The most ids in one {@link isOneOf}: on MySQL each is a parameter, and two such lists with everything else stay below MAX_PARAMETERS.
 * A power of two, since lists are padded to a power of two.
 */
export const MAX_IDS = 4_096;

/** A condition that a column is one of these ids, up to {@link MAX_IDS}; it can use an index on the column. */
export function isOneOf(dialect: Dialect, column: Fragment, kind: IdKind, ids: readonly string[]): Fragment {
  switch (dialect) {
    case 'postgres': {
      const list = raw(`${kind === 'integer' ? 'bigint' : kind}[]`);
      // As a subquery it is read once; as a constant, the planner would first look up each id in the statistics.
      return sql`${column} = ANY((SELECT CAST(${postgresArray(ids)}::text AS ${list}))::${list})`;
    }
    case 'sqlite':
      return sql`${column} IN (SELECT ${ofKind(dialect, kind, raw('value'))} FROM json_each(${jsonOf(ids)}))`;
    case 'mysql':
      // A list of parameters adopts the column's collation; a table of texts would not, and no index would be used.
      return ids.length === 0 ? raw('FALSE') : sql`${column} IN (${paddedList(ids)})`;
    default:
      return dialect satisfies never;
  }
}

/** An array in Postgres syntax. @throws `invalid_input` for text that cannot be stored; the error quotes it. */
export function postgresArray(values: readonly (string | number | null)[]): string {
  const isPlain = !values.includes(null) && !/[\\"\0\ud800-\udfff]/u.test(values.join());
  if (isPlain) return values.length === 0 ? '{}' : `{"${values.join('","')}"}`;
  jsonOf(values);
  const texts = values.map((value) => (value === null ? 'NULL' : `"${String(value).replace(/[\\"]/gu, '\\$&')}"`));
  return `{${texts.join()}}`;
}

/**
 * Placeholders for a list, padded with its last value to a power of two: few statements then differ in length alone, and each is prepared once.
 * Lists of up to {@link MAX_IDS} stay within the bound on parameters.
 */
export function paddedList(ids: readonly string[]): Fragment {
  jsonOf(ids);
  const padded = [...ids, ...new Array<string>(2 ** Math.ceil(Math.log2(ids.length)) - ids.length).fill(ids.at(-1)!)];
  return new Fragment(['', ...padded.slice(1).map(() => ', '), ''], padded);
}

/** A table named `given` with these rows of text and whole numbers. */
export function rowsTable(
  dialect: Dialect,
  columns: Readonly<Record<string, 'text' | 'integer'>>,
  rows: readonly Readonly<Record<string, string | number | null>>[],
): Fragment {
  const names = Object.entries(columns);
  switch (dialect) {
    case 'postgres': {
      const lists = names.map(
        ([name, type]) =>
          sql`CAST(${postgresArray(rows.map((row) => row[name]!))}::text AS ${raw(type === 'text' ? 'text[]' : 'bigint[]')})`,
      );
      return sql`unnest(${joined(lists, ', ')}) AS given(${raw(Object.keys(columns).join(', '))})`;
    }
    case 'sqlite':
      return sql`(SELECT ${raw(
        names.map(([name]) => `json_extract(value, '$.${name}') AS ${name}`).join(', '),
      )} FROM json_each(${jsonOf(rows)})) AS given`;
    case 'mysql':
      return sql`JSON_TABLE(${jsonOf(rows)}, '$[*]' COLUMNS(${raw(
        names
          .map(
            ([name, type]) =>
              `${name} ${type === 'text' ? 'LONGTEXT CHARACTER SET utf8mb4' : 'BIGINT'} PATH '$.${name}'`,
          )
          .join(', '),
      )})) AS given`;
    default:
      return dialect satisfies never;
  }
}

/** JSON text of an array of these. */
export function jsonArray(dialect: Dialect, items: readonly Fragment[]): Fragment {
  const list = joined(items, ', ');
  switch (dialect) {
    case 'postgres':
      return sql`CAST(json_build_array(${list}) AS text)`;
    case 'sqlite':
      return sql`json_array(${list})`;
    case 'mysql':
      return sql`CAST(JSON_ARRAY(${list}) AS CHAR)`;
    default:
      return dialect satisfies never;
  }
}

/** The end of an INSERT: rows whose key already exists are left unchanged, or have these columns replaced. */
export function onConflict(dialect: Dialect, key: string, replace: readonly string[] = []): Fragment {
  if (dialect === 'mysql') {
    const columns =
      replace.length > 0 ? replace.map((name) => `${name} = VALUES(${name})`) : ['tenant = VALUES(tenant)'];
    return raw(`ON DUPLICATE KEY UPDATE ${columns.join(', ')}`);
  }
  const columns = replace.map((name) => `${name} = excluded.${name}`);
  return raw(`ON CONFLICT (${key}) DO ${columns.length > 0 ? `UPDATE SET ${columns.join(', ')}` : 'NOTHING'}`);
}
