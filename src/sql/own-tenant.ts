import type { ColumnFacts } from './column-facts.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import { isIdentity } from './same-id.js';

/** Texts that Postgres reads as a type without an error, whatever the tenant is called. */
const READABLE: { readonly [type: string]: RegExp } = {
  int2: /^(?:0|-?[1-9]\d{0,3})$/u,
  int4: /^(?:0|-?[1-9]\d{0,8})$/u,
  int8: /^(?:0|-?[1-9]\d{0,17})$/u,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu,
};
const TEXTS = ['text', 'varchar', 'bpchar', 'citext', 'name'];

/**
 * A condition that a column names this tenant, byte by byte whatever its collation. Beside it stands the plain comparison, which an index
 * serves; alone, where it is exact.
 */
export function ownTenant(
  dialect: Dialect,
  column: Fragment,
  facts: ColumnFacts | undefined,
  tenant: string,
): Fragment {
  const plain = plainly(dialect, column, facts, tenant);
  // MySQL takes the text '1x' for the number 1.
  if (plain && dialect !== 'mysql' && isIdentity(dialect, facts)) return plain;
  const exact = exactly(dialect, column, tenant);
  return plain ? sql`(${plain} AND ${exact})` : exact;
}

/** The comparison that an index on the column serves; undefined where it could fail, or find less. */
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
