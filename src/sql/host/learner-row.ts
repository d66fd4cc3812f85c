import { getOrCreate } from '../../collections/get-or-create.js';
import type { FieldType, Learner, Profile, Scalar, UnreadableLearner } from '../../model/learner.js';
import { MAX_PROFILE_BYTES } from '../statement/bounds.js';
import type { Dialect } from '../statement/driver.js';
import { parseExact } from '../statement/exact-json.js';
import { type Fragment, raw, sql } from '../statement/fragment.js';
import { asText } from '../statement/id-kind.js';
import { bytesOf, cell, isLarge, isOneLarge, isUnbounded } from './columns/cell.js';
import type { ColumnFacts } from './columns/column-facts.js';
import { fieldColumns, fieldValue } from './columns/field-columns.js';
import type { HostTables } from './columns/host-tables.js';
import { profileValue, textValue } from './columns/profile-value.js';
import type { TableRef } from './columns/table-ref.js';
import { truth } from './columns/truth.js';
import type { HostRefs } from './refs.js';

/** A learner as read from the host's tables, or why their row cannot be read. */
export type ReadLearner = Learner | UnreadableLearner;

/** Everything that may be read of a learner besides the columns of fields. */
interface LearnerParts {
  active: unknown;
  segments: unknown;
  json: unknown;
  values: unknown;
}

/** The id; whether the row is too large, and was therefore not read; the parts in the order of {@link partsOf}; then the columns. */
export type LearnerRow = [id: string, isLarge: boolean | number, ...others: unknown[]];

/** The parts of learners that a host's tables have, besides the id and the columns of fields. */
function partsOf({ learners, placements }: HostTables): (keyof LearnerParts)[] {
  const { active, json, values } = learners;
  const tables = { active, segments: placements, json, values };
  return (['active', 'segments', 'json', 'values'] as const).filter((part) => tables[part] !== undefined);
}

/** The expressions that read each learner, and the sizes in bytes of those that may be long. */
export interface LearnerItems {
  readonly items: readonly Fragment[];
  readonly sizes: readonly Fragment[];
}

/** Returns the expressions that read each learner. A value larger than a profile may be is not read. */
export function learnerItems(refs: HostRefs, tables: HostTables): LearnerItems {
  const { learners: u, placements: p, values: v } = refs;
  const { dialect } = u;
  const { learners, placements } = tables;
  const long: Fragment[] = [];
  const sizes: Fragment[] = [];
  const column = (name: string, read = cell): Fragment => {
    const facts = u.facts(name);
    const value = read(dialect, u.column(name), facts);
    if (!isUnbounded(dialect, facts)) return value;
    long.push(value);
    sizes.push(bytesOf(dialect, value));
    return sql`CASE WHEN ${isLarge(dialect, value)} THEN NULL ELSE ${value} END`;
  };
  const rows = (table: TableRef, learner: string, item: Fragment, texts: readonly Fragment[]): Fragment => {
    const from = sql`FROM ${table.from} WHERE ${table.tenantCondition} AND ${refs.isOf(table, learner)}`;
    const size = totalBytes(dialect, texts);
    if (dialect !== 'postgres') sizes.push(sql`(SELECT ${size} ${from})`);
    return jsonListUnlessLarge(dialect, item, size, from);
  };
  const parts: { readonly [Part in keyof LearnerParts]: () => Fragment } = {
    active: () => column(learners.active!),
    json: () => column(learners.json!, jsonCell),
    segments() {
      const segment = asText(dialect, p!.column(placements!.segment));
      return rows(p!, placements!.learner, segment, [segment]);
    },
    values() {
      const { field, value, learner } = learners.values!;
      const pair = [field, value].map((name) => asText(dialect, v!.column(name)));
      return rows(v!, learner, jsonPair(dialect, pair), pair);
    },
  };
  const others = partsOf(tables).map((part) => parts[part]());
  const columns = fieldColumns(learners).map((one) => column(one.column));
  return { items: [asText(dialect, u.column(learners.id)), isOneLarge(dialect, long), ...others, ...columns], sizes };
}

/** The bytes of one or two texts, over all rows. */
function totalBytes(dialect: Dialect, texts: readonly Fragment[]): Fragment {
  const [a, b] = texts.map((text) => sql`COALESCE(${bytesOf(dialect, text)}, 0)`);
  return sql`COALESCE(SUM(${b ? sql`${a!} + ${b}` : a!}), 0)`;
}

/** A JSON array of an item of all rows; 0 if they are larger than a profile may be. */
function jsonListUnlessLarge(dialect: Dialect, item: Fragment, size: Fragment, from: Fragment): Fragment {
  const zero = raw(dialect === 'postgres' ? `CAST('0' AS json)` : `'0'`);
  const array = sql`${raw({ postgres: 'json_agg', mysql: 'JSON_ARRAYAGG', sqlite: 'json_group_array' }[dialect])}(${item})`;
  // As text, so that MariaDB neither nests a list that it has truncated, nor reads its bytes in another character set.
  const list = dialect === 'mysql' ? sql`CONVERT(${array} USING utf8mb4)` : array;
  return sql`(SELECT CASE WHEN ${size} > ${raw(String(MAX_PROFILE_BYTES))} THEN ${zero} ELSE ${list} END ${from})`;
}

function jsonPair(dialect: Dialect, [a, b]: readonly Fragment[]): Fragment {
  return sql`${raw({ postgres: 'json_build_array', mysql: 'JSON_ARRAY', sqlite: 'json_array' }[dialect])}(${a!}, ${b!})`;
}

/** On MySQL, JSON is read as text: nested JSON would have to be valid. */
function jsonCell(dialect: Dialect, column: Fragment, facts: ColumnFacts | undefined): Fragment {
  return dialect === 'mysql' ? sql`CONVERT(${column} USING utf8mb4)` : cell(dialect, column, facts);
}

/** Returns a function that converts a row to a learner; `isUuid` is whether the column of segment ids has the type uuid. */
export function learnerConverter(
  tables: HostTables,
  types: ReadonlyMap<string, FieldType> | undefined,
  isUuid: boolean,
): (row: LearnerRow) => Learner | UnreadableLearner {
  const { learners } = tables;
  const columns = fieldColumns(learners).map((column) => ({ column, type: types?.get(column.field) }));
  const parts = partsOf(tables);
  const segmentsOf = (found: readonly (string | null)[]): readonly string[] => {
    const named = found.filter((segment) => segment !== null);
    // A uuid column returns lower case, whatever the case of the segment's id in the catalog.
    return isUuid ? named.flatMap((segment) => [segment, segment.toUpperCase()]) : named;
  };
  return (row) => {
    const id = row[0];
    const unreadable = (reason: string): UnreadableLearner => ({ id, unreadable: reason });
    const read: Partial<LearnerParts> = {};
    for (let i = 0; i < parts.length; i++) read[parts[i]!] = row[2 + i] as never;
    const segments = listIn<string | null>(read.segments);
    const values = listIn<readonly [string | null, string | null]>(read.values);
    if (isTrue(row[1]) || segments === 'large' || values === 'large' || isTooLarge(row)) return unreadable(TOO_LARGE);
    if (segments === 'broken')
      return unreadable(`The learner's rows in ${tables.placements!.table} cannot be read: their JSON is incomplete.`);
    if (values === 'broken')
      return unreadable(`The learner's rows in ${learners.values!.table} cannot be read: their JSON is incomplete.`);
    const json = profileIn(read.json);
    if (json === undefined) return unreadable(`The column "${learners.json}" does not hold a JSON object.`);
    // SQL's own `WHERE active` excludes NULL as well.
    const active = learners.active === undefined || (read.active === null ? false : truth(read.active));
    if (active === undefined) return unreadable(`The column "${learners.active}" is neither true nor false.`);

    const profile: Record<string, Scalar | readonly Scalar[]> = {};
    for (const [field, value] of Object.entries(json)) set(profile, field, profileValue(value, types?.get(field)));
    for (const [field, texts] of byField(values)) {
      const list = texts.map((text) => textValue(text, types?.get(field)));
      set(profile, field, list.length === 1 ? list[0]! : list);
    }
    for (let i = 0; i < columns.length; i++) {
      const { column, type } = columns[i]!;
      set(profile, column.field, fieldValue(column, row[2 + parts.length + i] as Scalar, type));
    }
    return {
      id,
      profile,
      ...(segments.length > 0 && { segments: segmentsOf(segments) }),
      ...(!active && { active: false }),
    };
  };
}

/** Returns each learner once; one with several rows is unreadable, since it is unknown which row is right. */
export function uniqueLearners(found: readonly (Learner | UnreadableLearner)[]): (Learner | UnreadableLearner)[] {
  const byId = new Map<string, Learner | UnreadableLearner>();
  for (const learner of found) {
    byId.set(learner.id, byId.has(learner.id) ? { id: learner.id, unreadable: SEVERAL_ROWS } : learner);
  }
  return [...byId.values()];
}

const SEVERAL_ROWS = 'Several rows have the id of this learner.';
export const TOO_LARGE = `The profile is larger than ${MAX_PROFILE_BYTES / 1_000} kB.`;

const isTrue = (value: unknown): boolean => value === true || value === 1;

/** Whether the row as a whole is larger than a profile may be. */
function isTooLarge(row: LearnerRow): boolean {
  let length = 0;
  for (const value of row) if (typeof value === 'string') length += value.length;
  // In UTF-8 a text has at most three bytes per UTF-16 code unit.
  if (3 * length <= MAX_PROFILE_BYTES) return false;
  const texts = row.filter((value) => typeof value === 'string');
  return new TextEncoder().encode(texts.join('')).length > MAX_PROFILE_BYTES;
}

/** Sets an own property, whatever its name. */
function set<Value>(object: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}

/** Returns the JSON column's profile, empty if there is none; undefined if the column holds something else. */
function profileIn(json: unknown): Profile | undefined {
  const found = json === undefined ? null : parsed(json);
  if (found === null) return {};
  return typeof found === 'object' && !Array.isArray(found) ? (found as Profile) : undefined;
}

/** Returns a list that the database returned as JSON. */
function listIn<Item>(list: unknown): readonly Item[] | 'large' | 'broken' {
  if (list === undefined || list === null) return [];
  const found = parsed(list);
  if (found === 0) return 'large';
  if (found === null) return [];
  return Array.isArray(found) ? (found as Item[]) : 'broken';
}

/** JSON within JSON is text in databases without a JSON type. Undefined for text that is not JSON. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseExact(value);
  } catch {
    return undefined;
  }
}

function byField(values: readonly (readonly [string | null, string | null])[]): Map<string, (string | null)[]> {
  const fields = new Map<string, (string | null)[]>();
  for (const [field, text] of values) if (field !== null) getOrCreate(fields, field, () => []).push(text);
  return fields;
}
