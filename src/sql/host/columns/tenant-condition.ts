import type { Dialect } from '../../statement/driver.js';
import { type Fragment, raw, sql } from '../../statement/fragment.js';
import type { ColumnFacts } from './column-facts.js';
import { isIdentity } from './same-id.js';

/** Texts that Postgres converts to each type without an error. */
const READABLE: { readonly [type: string]: RegExp } = {
  int2: /^(?:0|-?[1-9]\d{0,3})$/u,
  int4: /^(?:0|-?[1-9]\d{0,8})$/u,
  int8: /^(?:0|-?[1-9]\d{0,17})$/u,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu,
};
const TEXTS = ['text', 'varchar', 'bpchar', 'citext', 'name'];

/**
 * A condition that a column has this tenant, compared as bytes whatever the column's collation. The plain comparison, which can use an index, is
 * added; if it is exact, it is the whole condition.
 */
export function hasTenant(
  dialect: Dialect,
  column: Fragment,
  facts: ColumnFacts | undefined,
  tenant: string,
): Fragment {
  const plain = plainly(dialect, column, facts, tenant);
  // MySQL converts the text '1x' to the number 1.
  if (plain && dialect !== 'mysql' && isIdentity(dialect, facts)) return plain;
  const exact = exactly(dialect, column, tenant);
  return plain ? sql`(${plain} AND ${exact})` : exact;
}

/** The comparison that can use an index on the column; undefined if it could fail, or miss rows. */
function plainly(
  dialect: Dialect,
  column: Fragment,
  facts: ColumnFacts | undefined,
  tenant: string,
): Fragment | undefined {
  switch (dialect) {
    case 'postgres': {
      if (!facts || facts.isArray || facts.isEnum) return undefined;
      const isReadable = TEXTS.includes(facts.type) || READABLE[facts.type]?.test(tenant);
      return isReadable ? sql`${column} = CAST(${tenant}::text AS ${raw(facts.declared)})` : undefined;
    }
    case 'mysql':
      return sql`${column} = ${tenant}`;
    case 'sqlite':
      // Without an affinity a column that holds 1 does not equal the text '1'.
      return facts && facts.type !== 'blob' ? sql`${column} = ${tenant}` : undefined;
    default:
      return dialect satisfies never;
  }
}

function exactly(dialect: Dialect, column: Fragment, tenant: string): Fragment {
  switch (dialect) {
    case 'postgres':
      return sql`CAST(${column} AS text) COLLATE "C" = ${tenant}::text`;
    case 'mysql':
      return sql`CAST(CONVERT(${column} USING utf8mb4) AS BINARY) = CAST(CONVERT(${tenant} USING utf8mb4) AS BINARY)`;
    case 'sqlite':
      return sql`CAST(${column} AS TEXT) COLLATE BINARY = ${tenant}`;
    default:
      return dialect satisfies never;
  }
}
