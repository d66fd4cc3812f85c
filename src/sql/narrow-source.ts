import type { FieldType, Scalar } from '../model/learner.js';
import { asValue, exactly, TableRef } from './columns.js';
import { isOneOf, jsonArray } from './dialect.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import type { HostTables } from './host-tables.js';
import type { Bounds } from './narrow.js';
import { profileValue, textValue } from './profile.js';

type Value = Scalar | readonly Scalar[];

/** Where the values of a profile field are: a column, a key of a JSON column, or rows of a table. */
export interface Source {
  /** A query of its distinct values: `j` is a JSON array of a value as text and, if it is a column, as JSON. Nulls are left out. */
  readonly distinct: Fragment;
  /** A value as the profile has it. */
  read(text: string, value?: Value): Value;
  /** Bounds of having one of these values. */
  isOneOf(texts: readonly string[]): Bounds;
  /** Bounds of being blank, where these values are blank and those are not. */
  isBlank(blank: readonly string[], others: readonly string[]): Bounds;
  /** The column itself, where values can be compared by size. */
  readonly column?: Fragment;
  readonly dialect: Dialect;
}

/** Where a field's values are; undefined where no column says. */
export function sourceOf(
  u: TableRef,
  tables: HostTables,
  field: string,
  type: FieldType | undefined,
): Source | undefined {
  const { learners } = tables;
  const { columns = {} } = learners;
  if (Object.hasOwn(columns, field)) return columnSource(u, u.column(columns[field]!), type, true);
  // The same field may be in both: then the table of values counts, as in profiles.
  if (learners.values) return learners.json === undefined ? valuesSource(u, tables, field, type) : undefined;
  const inside = learners.json === undefined ? undefined : keyOf(u.dialect, u.column(learners.json), field);
  return inside && columnSource(u, inside, type, false);
}

/** A key of a JSON column, as JSON; undefined where the database has no way to write the key. */
function keyOf(dialect: Dialect, json: Fragment, field: string): Fragment | undefined {
  if (dialect === 'postgres') return sql`(CAST(${json} AS jsonb) -> ${field}::text)`;
  if (/["\\]/u.test(field)) return undefined;
  const path = `$."${field}"`;
  if (dialect === 'mysql') return sql`JSON_EXTRACT(${json}, ${path})`;
  // What `->` answers would be taken for JSON, and not for text, for as long as nothing is done to it.
  return sql`((${json} -> ${path}) || '')`;
}

function columnSource(u: TableRef, value: Fragment, type: FieldType | undefined, isColumn: boolean): Source {
  const { dialect } = u;
  const text = asValue(dialect, value);
  const has = (column: Fragment, texts: readonly string[]): Fragment =>
    texts.length === 0 ? raw('FALSE') : sql`COALESCE(${isOneOf(dialect, column, 'text', texts)}, FALSE)`;
  const isOne = (texts: readonly string[]): Bounds => {
    const exact = has(exactly(dialect, value), texts);
    // As it stands, the column can use its index, by its own collation; so both are asked where that may be another.
    const both =
      isColumn && type === 'text' && dialect !== 'postgres' ? sql`(${has(value, texts)} AND ${exact})` : exact;
    return { above: both, below: both };
  };
  return {
    dialect,
    distinct: sql`SELECT DISTINCT ${distinctly(dialect, jsonArray(dialect, isColumn ? [text, value] : [text]))} AS j FROM ${u.from} WHERE ${u.ours} AND ${value} IS NOT NULL`,
    read: (json, found) => profileValue(isColumn ? found : (JSON.parse(json) as Value), type),
    isOneOf: isOne,
    isBlank: (blank) => {
      const { above, below } = isOne(blank);
      return { above: sql`(${value} IS NULL OR ${above})`, below: sql`(${value} IS NULL OR ${below})` };
    },
    ...(isColumn && { column: value }),
  };
}

/** A collation would take values for one that are two, and judge only one of them. */
function distinctly(dialect: Dialect, json: Fragment): Fragment {
  return dialect === 'mysql' ? sql`CAST(${json} AS BINARY)` : json;
}

function valuesSource(u: TableRef, { learners }: HostTables, field: string, type: FieldType | undefined): Source {
  const { dialect, tenant } = u;
  const values = learners.values!;
  const v = new TableRef(dialect, values, 'v', tenant);
  const value = v.column(values.value);
  const text = asValue(dialect, value);
  const ofField = sql`${v.ours} AND ${exactly(dialect, v.column(values.field))} = ${field}`;
  const has = (texts: readonly string[]): Fragment =>
    texts.length === 0
      ? raw('FALSE')
      : sql`EXISTS (SELECT 1 FROM ${v.from} WHERE ${ofField} AND ${v.column(values.learner)} = ${u.column(learners.id)} AND ${isOneOf(dialect, exactly(dialect, value), 'text', texts)})`;
  return {
    dialect,
    distinct: sql`SELECT DISTINCT ${distinctly(dialect, jsonArray(dialect, [text]))} AS j FROM ${v.from} WHERE ${ofField} AND ${value} IS NOT NULL`,
    read: (found) => textValue(found, type),
    isOneOf: (texts) => ({ above: has(texts), below: has(texts) }),
    isBlank: (_, others) => {
      const blank = sql`(NOT ${has(others)})`;
      return { above: blank, below: blank };
    },
  };
}
