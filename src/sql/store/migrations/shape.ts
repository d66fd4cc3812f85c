import type { SqlDriver } from '../../statement/driver.js';
import { type Fragment, joined, raw, sql } from '../../statement/fragment.js';
import { select } from '../../statement/select.js';
import { partsOf, TABLE_NAMES, type TableName, type Target, tableOf } from './target.js';

/** Returns the columns of a table; an empty set if there is no such table. */
export type Shape = (table: TableName) => ReadonlySet<string>;

export async function readShape(db: SqlDriver, target: Target): Promise<Shape> {
  const rows = await select<[TableName, string]>(
    db,
    [raw('of_table'), raw('of_column')],
    sql`FROM (${joined(
      TABLE_NAMES.map((name) => columnsOf(target, name)),
      ' UNION ALL ',
    )}) AS shape`,
  );
  const shape = new Map<TableName, Set<string>>(TABLE_NAMES.map((name) => [name, new Set()]));
  for (const [table, column] of rows) shape.get(table)!.add(column);
  return (table) => shape.get(table)!;
}

function columnsOf(target: Target, name: TableName): Fragment {
  const { dialect } = target;
  const { schema, table } = partsOf(target, name);
  const of = raw(`'${name}' AS of_table`);
  switch (dialect) {
    case 'postgres': {
      const found = tableOf(target, name).texts.join('');
      return sql`SELECT ${of}, CAST(attname AS text) AS of_column FROM pg_attribute
        WHERE attrelid = to_regclass(${found}::text) AND attnum > 0 AND NOT attisdropped`;
    }
    case 'mysql': {
      const where = schema === undefined ? raw('DATABASE()') : sql`${schema}`;
      return sql`SELECT ${of}, column_name AS of_column FROM information_schema.columns WHERE table_schema = ${where} AND table_name = ${table}`;
    }
    case 'sqlite':
      return sql`SELECT ${of}, name AS of_column FROM pragma_table_info(${table}${schema === undefined ? raw('') : sql`, ${schema}`})`;
    default:
      return dialect satisfies never;
  }
}
