import type { Dialect } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';

/**
 * The numbers in a comma-separated list of a table that precedes in FROM, one row for each: `table` follows it and CROSS JOIN, and `no` is
 * the number.
 */
export function heldNumbers(dialect: Dialect, list: Fragment): { readonly table: Fragment; readonly no: Fragment } {
  switch (dialect) {
    case 'postgres':
      return {
        table: sql`unnest(CAST(string_to_array(${list}, ',') AS bigint[])) AS numbers(no)`,
        no: raw('numbers.no'),
      };
    case 'mysql':
      return {
        table: sql`JSON_TABLE(CONCAT('[', ${list}, ']'), '$[*]' COLUMNS(no BIGINT PATH '$')) AS numbers`,
        no: raw('numbers.no'),
      };
    case 'sqlite':
      return { table: sql`json_each('[' || ${list} || ']') AS numbers`, no: raw('numbers.value') };
    default:
      return dialect satisfies never;
  }
}

/** A condition that a comma-separated list contains a number, which is an expression. */
export function listContains(dialect: Dialect, list: Fragment, number: Fragment): Fragment {
  return dialect === 'mysql'
    ? sql`CONCAT(',', ${list}, ',') LIKE CONCAT('%,', ${number}, ',%')`
    : sql`(',' || ${list} || ',') LIKE ('%,' || ${number} || ',%')`;
}
