import type { FieldType, Scalar } from '../../model/learner.js';
import type { ColumnFacts, ColumnsFacts } from '../host/columns/column-facts.js';
import { type ExactText, exactCast, exactColumn, exactJsonText } from '../host/columns/exact-text.js';
import { fieldColumn, fieldValue } from '../host/columns/field-columns.js';
import type { HostTables } from '../host/columns/host-tables.js';
import { profileValue, textValue } from '../host/columns/profile-value.js';
import { TableRef } from '../host/columns/table-ref.js';
import type { Dialect } from '../statement/driver.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { MAX_VALUE_BYTES, type ValuesQuery } from './narrow-distinct.js';
import { exactly, type Superset } from './narrow-superset.js';
import { oneOfOwn, oneOfTexts } from './one-of.js';
import { mayRepeatKey } from './repeated-key.js';

/** Where the values of one field are: a column, a key of a JSON column, or the rows of a table. */
export interface Source {
  /** Its distinct values. */
  readonly query: ValuesQuery;
  /** Returns the profile's value for a text. */
  read(text: string): Scalar | readonly Scalar[];
  /** The superset of learners who have one of these values. */
  oneOf(texts: readonly string[]): Superset;
  /** The superset of learners who have a value, and none of these; undefined if a learner may have several values. */
  noneOf?(texts: readonly string[]): Superset;
  /** The superset of learners whose values are blank, given which values are blank and which are not. */
  isBlank(blank: readonly string[], others: readonly string[]): Superset;
  /** A condition for learners with a value that was not read. */
  readonly isUnread: Fragment;
  /** A condition for learners whose value in the database may differ from the value in their profile. */
  readonly mayDiffer?: Fragment | undefined;
}

/** The learners' tables, from which {@link sourceOf} derives the source of each field. */
export interface MappedTables {
  readonly u: TableRef;
  readonly tables: HostTables;
  /** The facts of the learners' columns, and of the table of values. */
  readonly facts: ColumnsFacts;
  readonly valueFacts: ColumnsFacts;
  /** The JSON column, and a condition that the database can read the keys of its row. */
  readonly json: { readonly column: Fragment; readonly readable: Fragment } | undefined;
}

/** Returns the source of a field's values; undefined if none is mapped, or if its values cannot be compared as exact text. */
export function sourceOf(mapped: MappedTables, field: string, type: FieldType | undefined): Source | undefined {
  const { u, tables, facts, json } = mapped;
  const { values } = tables.learners;
  const own = fieldColumn(tables.learners, field);
  if (own) {
    const column = u.column(own.column);
    const its = facts(own.column);
    const exact = exactColumn(u.dialect, column, its);
    return exact && columnSource(u, column, exact, its, (found) => fieldValue(own, exact.decode(found), type));
  }
  // A field may be in the JSON column too, and the profile then has the rows of the table of values.
  if (values) return tables.learners.json === undefined ? valuesSource(mapped, field, type) : undefined;
  const inside = json && keyOf(u.dialect, json, field);
  if (!inside) return undefined;
  const exact = exactJsonText(u.dialect, inside);
  const source = columnSource(u, inside, exact, undefined, (found) => profileValue(exact.decode(found), type));
  return { ...source, mayDiffer: mayRepeatKey(u.dialect, json!.column, field) };
}

/** A key of a JSON column, as JSON; undefined if the database has no syntax for the key. */
function keyOf(
  dialect: Dialect,
  { column, readable }: NonNullable<MappedTables['json']>,
  field: string,
): Fragment | undefined {
  const within = (value: Fragment): Fragment => sql`(CASE WHEN ${readable} THEN ${value} END)`;
  if (dialect === 'postgres') return within(sql`CAST(${column} AS jsonb) -> ${field}::text`);
  if (/["\\]/u.test(field)) return undefined;
  const path = `$."${field}"`;
  return within(dialect === 'mysql' ? sql`JSON_EXTRACT(${column}, ${path})` : sql`${column} -> ${path}`);
}

/** Returns a condition that a text is too long to be read, or is not text. */
function unread(dialect: Dialect): (text: Fragment) => Fragment {
  const most = raw(String(MAX_VALUE_BYTES));
  switch (dialect) {
    case 'postgres':
      return (text) => sql`octet_length(${text}) > ${most}`;
    case 'mysql':
      return (text) => sql`LENGTH(${text}) > ${most}`;
    case 'sqlite':
      return (text) => sql`(typeof(${text}) = 'blob' OR length(CAST(${text} AS BLOB)) > ${most})`;
    default:
      return dialect satisfies never;
  }
}

function columnSource(
  u: TableRef,
  value: Fragment,
  exact: ExactText,
  facts: ColumnFacts | undefined,
  read: Source['read'],
): Source {
  const { dialect } = u;
  const { text } = exact;
  const isUnread = unread(dialect);
  const isOne = (texts: readonly string[]): Fragment => {
    const one = oneOfTexts(dialect, exact, texts);
    // By its own collation, a MySQL column may equal more texts, but that comparison can use its index.
    const usesIndex =
      dialect === 'mysql' && texts.length > 0 && facts?.isIndexed && exact.suffix !== '' && !facts.isEnum;
    return usesIndex ? sql`(${oneOfOwn(value, texts, facts)} AND ${one})` : one;
  };
  // With tenants, a loose index scan would step through the values of all other tenants too.
  const skips = facts?.isIndexed && u.host.tenant === undefined && canSkip(dialect, facts);
  return {
    query: {
      exact,
      isUnread,
      rows: sql`FROM ${u.from} WHERE ${u.tenantCondition} AND ${value} IS NOT NULL`,
      ...(skips && { table: u.from }),
    },
    read,
    oneOf: (texts) => exactly(isOne(texts)),
    noneOf: (texts) => exactly(sql`(${value} IS NOT NULL AND NOT ${isOne(texts)})`),
    isBlank: (blank) => exactly(sql`(${value} IS NULL OR ${isOne(blank)})`),
    isUnread: isUnread(text),
  };
}

/** Whether a column is its own exact text, and an index sorts its texts as bytes. */
function canSkip(dialect: Dialect, { type, isExact }: ColumnFacts): boolean {
  return dialect === 'postgres' ? isExact : dialect === 'sqlite' && type === 'text';
}

function valuesSource(
  { u, tables, valueFacts }: MappedTables,
  field: string,
  type: FieldType | undefined,
): Source | undefined {
  const { dialect, tenant } = u;
  const values = tables.learners.values!;
  const v = new TableRef(dialect, values, 'v', tenant);
  const exact = exactCast(dialect, v.column(values.value), valueFacts(values.value));
  const name = exactCast(dialect, v.column(values.field), valueFacts(values.field));
  if (!exact || !name) return undefined;
  // First by the column's own collation, which can use an index.
  const own = dialect === 'mysql' ? sql`${v.column(values.field)} = ${field} AND ` : raw('');
  const ofField = sql`${v.tenantCondition} AND ${own}${oneOfTexts(dialect, name, [field])}`;
  const some = (condition: Fragment): Fragment =>
    sql`EXISTS (SELECT 1 FROM ${v.from} WHERE ${ofField} AND ${v.column(values.learner)} = ${u.column(tables.learners.id)} AND ${condition})`;
  const has = (texts: readonly string[]): Fragment =>
    texts.length === 0 ? raw('FALSE') : some(oneOfTexts(dialect, exact, texts));
  const isUnread = unread(dialect);
  return {
    query: { exact, isUnread, rows: sql`FROM ${v.from} WHERE ${ofField} AND ${exact.text} IS NOT NULL` },
    read: (found) => textValue(exact.decode(found) as string, type),
    oneOf: (texts) => exactly(has(texts)),
    isBlank: (_, others) => exactly(sql`(NOT ${has(others)})`),
    isUnread: some(isUnread(exact.text)),
  };
}
