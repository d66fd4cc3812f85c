import { entry } from '../model/entry.js';
import type { FieldType, Learner, Profile, Scalar } from '../model/learner.js';
import { TableRef } from './columns.js';
import type { Dialect } from './driver.js';
import { type Fragment, raw, sql } from './fragment.js';
import type { HostTables } from './host-tables.js';
import { asText } from './id-kind.js';
import { profileValue, textValue } from './profile.js';

/** Id, activity, placements, JSON column, table of values; then the columns. */
export type LearnerRow = [
  id: string,
  active: unknown,
  segments: readonly string[] | string | null,
  json: Profile | string | null,
  values: readonly (readonly [string, string | null])[] | string | null,
  ...columns: (Scalar | readonly Scalar[])[],
];

/** What is read of one of the people. */
export function learnerItems(tables: HostTables, u: TableRef): Fragment[] {
  const { dialect } = u;
  const { learners, placements } = tables;
  const id = u.column(learners.id);
  const all = (t: TableRef, learner: string, item: Fragment): Fragment =>
    sql`(SELECT ${aggregated(dialect, item)} FROM ${t.from} WHERE ${t.ours} AND ${t.column(learner)} = ${id})`;
  const nothing = raw('NULL');
  let segments = nothing;
  if (placements) {
    const p = new TableRef(dialect, placements, 'p', u.tenant);
    segments = all(p, placements.learner, asText(dialect, p.column(placements.segment)));
  }
  let values = nothing;
  if (learners.values) {
    const v = new TableRef(dialect, learners.values, 'v', u.tenant);
    const item = jsonItem(dialect, [
      asText(dialect, v.column(learners.values.field)),
      asText(dialect, v.column(learners.values.value)),
    ]);
    values = all(v, learners.values.learner, item);
  }
  return [
    asText(dialect, id),
    learners.active === undefined ? nothing : u.column(learners.active),
    segments,
    learners.json === undefined ? nothing : u.column(learners.json),
    values,
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
  { learners }: HostTables,
  types: ReadonlyMap<string, FieldType> | undefined,
): (row: LearnerRow) => Learner {
  const columns = Object.keys(learners.columns ?? {}).map((field) => [field, types?.get(field)] as const);
  return ([id, active, segments, json, values, ...found]) => {
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
      const [field, type] = columns[i]!;
      set(profile, field, profileValue(found[i]!, type));
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
