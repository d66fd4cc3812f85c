import { type Fragment, joined, raw, sql } from '../../statement/fragment.js';
import type { ColumnFacts } from './column-facts.js';
import type { Constant } from './host-tables.js';
import type { TableRef } from './table-ref.js';

/** A constant as a value of this column. */
export function constantFor(table: TableRef, name: string, value: Constant): Fragment {
  if (table.dialect === 'postgres')
    return typed(table.facts(name), sql`${value === null ? null : String(value)}::text`);
  if (typeof value === 'string' || value === null) return sql`${value}`;
  // MySQL compares a text with a number as numbers, so that every text without digits equals 0, and an enum by its position.
  if (table.dialect === 'mysql' && isText(table.facts(name))) return sql`${String(Number(value))}`;
  // As text of the statement, since some clients send every number as a fraction.
  return raw(String(Number(value)));
}

/** Whether a column of MySQL has text or bytes. */
function isText(facts: ColumnFacts | undefined): boolean {
  return facts !== undefined && (facts.charset !== null || /binary$|blob$/u.test(facts.type));
}

/** Text as a value of a Postgres column, converted as the text of an INSERT is: a text that is too long is not cut off. */
export function typed(facts: ColumnFacts | undefined, text: Fragment): Fragment {
  if (!facts) return text;
  const isCharacters = !facts.isArray && facts.declared.startsWith('character');
  return sql`CAST(${text} AS ${raw(isCharacters ? facts.type : facts.declared)})`;
}

/** A condition, never NULL, that a column has this constant as the database compares them. */
export function isConstant(table: TableRef, name: string, value: Constant): Fragment {
  const same = raw({ postgres: 'IS NOT DISTINCT FROM', mysql: '<=>', sqlite: 'IS' }[table.dialect]);
  return sql`(${table.column(name)} ${same} ${constantFor(table, name, value)})`;
}

/** A condition, never NULL, that a row has all of these constants; true without any. */
export function hasConstants(table: TableRef, set: Readonly<Record<string, Constant>> = {}): Fragment {
  const each = Object.entries(set).map(([name, value]) => isConstant(table, name, value));
  return each.length === 0 ? raw('TRUE') : sql`(${joined(each, ' AND ')})`;
}
