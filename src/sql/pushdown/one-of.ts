import type { ColumnFacts } from '../host/columns/column-facts.js';
import type { ExactText } from '../host/columns/exact-text.js';
import { paddedList, postgresArray } from '../statement/dialect.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, joined, raw, sql } from '../statement/fragment.js';
import { jsonOf } from '../statement/json.js';

/** Up to this many values are compared one by one, which can use an index in any context. */
const FEW = 64;

/** A condition that a value is one of these texts; NULL where the value is NULL. */
export function oneOfTexts(dialect: Dialect, { text, suffix }: ExactText, texts: readonly string[]): Fragment {
  if (texts.length === 0) return raw('FALSE');
  switch (dialect) {
    case 'postgres':
      return sql`${text} ${isIn(texts, 'text')}`;
    case 'sqlite':
      return sql`${text} IN (SELECT value FROM json_each(${jsonOf(texts)}))`;
    case 'mysql':
      return inList(
        text,
        texts.map((one) => one + suffix),
        'utf8mb4',
        'utf8mb4_bin',
      );
    default:
      return dialect satisfies never;
  }
}

/** A condition that a MySQL column is one of these texts by its own collation, which can use its index. */
export function oneOfOwn(column: Fragment, texts: readonly string[], { charset, collation }: ColumnFacts): Fragment {
  return inList(column, texts, charset!, collation!);
}

function inList(value: Fragment, texts: readonly string[], charset: string, collation: string): Fragment {
  if (texts.length <= FEW) return sql`${value} IN (${paddedList(texts)})`;
  // No wider than needed: MariaDB cannot look up wide values in a temporary table.
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 16);
  const type = `VARCHAR(${2 ** Math.ceil(Math.log2(longest))}) CHARACTER SET ${charset} COLLATE ${collation}`;
  return listed(value, jsonOf(texts), type);
}

/** How values other than text are written in SQL: the type to cast a parameter to and, on MySQL, the type of a table's column. */
export interface ComparedAs {
  readonly cast: string;
  readonly listed?: string;
}

/** A condition that a number or date is one of these values, which are written as the type of the comparison. */
export function oneOfValues(
  dialect: Dialect,
  value: Fragment,
  values: readonly (number | string)[],
  { cast, listed: type = cast }: ComparedAs,
): Fragment {
  if (values.length === 0) return raw('FALSE');
  switch (dialect) {
    case 'postgres':
      return sql`${value} ${isIn(values.map(String), cast)}`;
    case 'sqlite':
      return sql`${value} IN (SELECT value FROM json_each(${jsonOf(values)}))`;
    case 'mysql': {
      if (values.length > FEW) return listed(value, jsonOf(values), type);
      const each = values.map((one) => sql`CAST(${String(one)} AS ${raw(cast)})`);
      return sql`${value} IN (${joined(each, ', ')})`;
    }
    default:
      return dialect satisfies never;
  }
}

function listed(value: Fragment, json: string, type: string): Fragment {
  return sql`${value} IN (SELECT listed.v FROM JSON_TABLE(${json}, '$[*]' COLUMNS(v ${raw(type)} PATH '$')) AS listed)`;
}

/**
 * The end of a Postgres condition that a value is in an array. Postgres compares with each element of an array that is not a constant. So many
 * values are passed as a query, which Postgres hashes, or looks up in an index one by one.
 */
function isIn(values: readonly string[], type: string): Fragment {
  const list = sql`CAST(${postgresArray(values)}::text AS ${raw(`${type}[]`)})`;
  return values.length <= FEW ? sql`= ANY(${list})` : sql`IN (SELECT unnest(${list}))`;
}
