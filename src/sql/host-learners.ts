import { entry } from '../model/entry.js';
import type { FieldType, Learner, Profile, Scalar } from '../model/learner.js';
import { TableRef } from './columns.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import type { HostTables } from './host-tables.js';
import { asText } from './id-kind.js';
import { profileValue, textValue } from './profile.js';

/** Everything else that may be read of somebody, beside columns of fields. */
interface Read {
  active: unknown;
  segments: readonly string[] | string | null;
  json: Profile | string | null;
  values: readonly (readonly [string, string | null])[] | string | null;
}

/** The id; what else is read, in the order of {@link alsoRead}; then the columns. */
export type LearnerRow = [id: string, ...others: unknown[]];

/** What a host's tables have of the people, beside the id and columns of fields. */
function alsoRead({ learners, placements }: HostTables): (keyof Read)[] {
  const { active, json, values } = learners;
  const tables = { active, segments: placements, json, values };
  return (['active', 'segments', 'json', 'values'] as const).filter((part) => tables[part] !== undefined);
}

/** What is read of one of the people. */
export function learnerItems(tables: HostTables, u: TableRef): Fragment[] {
  const { dialect } = u;
  const { learners, placements } = tables;
  const id = u.column(learners.id);
  const all = (t: TableRef, learner: string, item: Fragment): Fragment =>
    sql`(SELECT ${aggregated(dialect, item)} FROM ${t.from} WHERE ${t.ours} AND ${t.column(learner)} = ${id})`;
  const items: { readonly [Part in keyof Read]: () => Fragment } = {
    active: () => u.column(learners.active!),
    segments() {
      const p = new TableRef(dialect, placements!, 'p', u.tenant);
      return all(p, placements!.learner, asText(dialect, p.column(placements!.segment)));
    },
    json: () => u.column(learners.json!),
    values() {
      const { values } = learners;
      const v = new TableRef(dialect, values!, 'v', u.tenant);
      const pair = [values!.field, values!.value].map((column) => asText(dialect, v.column(column)));
      return all(v, values!.learner, jsonItem(dialect, pair));
    },
  };
  return [
    asText(dialect, id),
    ...alsoRead(tables).map((part) => items[part]()),
    ...Object.values(learners.columns ?? {}).map((column) => u.column(column)),
  ];
}

function jsonItem(dialect: Dialect, items: readonly Fragment[]): Fragment {
  const [a, b] = items;
  return sql`${raw(dialect === 'mysql' ? 'JSON_ARRAY' : dialect === 'postgres' ? 'json_build_array' : 'json_array')}(${a!}, ${b!})`;
}

function aggregated(dialect: Dialect, item: Fragment): Fragment {
  return sql`${raw({ postgres: 'json_agg', mysql: 'JSON_ARRAYAGG', sqlite: 'json_group_array' }[dialect])}(${item})`;
}

/** Makes learners of what was read of them. */
export function learnerReader(
  tables: HostTables,
  types: ReadonlyMap<string, FieldType> | undefined,
): (row: LearnerRow) => Learner {
  const columns = Object.keys(tables.learners.columns ?? {}).map((field) => ({ field, type: types?.get(field) }));
  const parts = alsoRead(tables);
  return (row) => {
    const id = row[0];
    const read: Partial<Read> = {};
    for (let i = 0; i < parts.length; i++) read[parts[i]!] = row[1 + i] as never;
    const { active, segments = null, json = null, values = null } = read;
    const profile: Record<string, Scalar | readonly Scalar[]> = {};
    const rest = json === null ? {} : profileIn(json);
    // What cannot be read is the learner's fault, and no reason not to answer the others: such a profile is reported as malformed.
    if (rest === undefined) return { id, profile: null as never };
    for (const [field, value] of Object.entries(rest)) set(profile, field, profileValue(value, types?.get(field)));
    for (const [field, texts] of byField(parsed(values) ?? [])) {
      const list = texts.map((text) => textValue(text, types?.get(field)));
      set(profile, field, list.length === 1 ? list[0]! : list);
    }
    for (let i = 0; i < columns.length; i++) {
      const { field, type } = columns[i]!;
      set(profile, field, profileValue(row[1 + parts.length + i] as Scalar, type));
    }
    const placed = parsed(segments);
    return {
      id,
      profile,
      ...(placed && { segments: placed }),
      ...((active === false || active === 0) && { active: false }),
    };
  };
}

/** Sets a property of the object's own, whatever its name. */
function set<Value>(object: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}

/** The JSON column's profile; undefined where it holds something else. */
function profileIn(json: Profile | string): Profile | undefined {
  try {
    const profile = parsed(json);
    return typeof profile === 'object' && profile !== null && !Array.isArray(profile) ? profile : undefined;
  } catch {
    return undefined;
  }
}

/** JSON within JSON is text in databases that have no type for it. */
function parsed<T>(value: T | string | null): T | null {
  return typeof value === 'string' ? (JSON.parse(value) as T) : value;
}

function byField(values: readonly (readonly [string, string | null])[]): Map<string, (string | null)[]> {
  const fields = new Map<string, (string | null)[]>();
  for (const [field, text] of values) entry(fields, field, () => []).push(text);
  return fields;
}
