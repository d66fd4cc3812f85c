import { BY_ASSIGNMENT_ONLY, type Course } from '../model/catalog.js';
import { entry } from '../model/entry.js';
import type { Field, FieldType, Learner, Profile, Scalar } from '../model/learner.js';
import type { Matching } from '../repositories/repositories.js';
import { fieldTypes } from '../rules/value.js';
import { inOrder, TableRef } from './columns.js';
import { isOneOf, jsonArray } from './dialect.js';
import type { Dialect, SqlDriver } from './driver.js';
import { ask, type Fragment, raw, sql } from './fragment.js';
import type { SqlHost } from './host.js';
import type { HostTable, HostTables } from './host-tables.js';
import { asText } from './id-kind.js';
import { inChunks } from './learner-rows.js';
import { narrowed } from './narrow.js';
import { profileValue, textValue } from './profile.js';
import { inRange } from './range.js';

/**
 * Answers the repositories' questions from tables of the host's. Rules are put to the people's table as a condition,
 * so that an edit reads those whom it concerns.
 */
export function sqlHost(tables: HostTables): SqlHost {
  const { learners, tenant } = tables;
  const kind = learners.ids ?? 'text';
  const ref = (dialect: Dialect, host: HostTable, alias: string): TableRef =>
    new TableRef(dialect, host, alias, tenant);
  const fieldsOf = async (db: SqlDriver) => (typeof tables.fields === 'function' ? tables.fields(db) : tables.fields);
  /** What a walk asks for stays the same from page to page. */
  const conditions = new WeakMap<Matching, Promise<Fragment>>();

  const people = async (
    db: SqlDriver,
    fields: readonly Field[] | undefined,
    where: (u: TableRef) => Fragment,
    end: Fragment,
  ): Promise<Learner[]> => {
    const u = ref(db.dialect, learners, 'u');
    const rows = await ask<LearnerRow>(
      db,
      sql`SELECT ${learnerJson(tables, u)} AS j FROM ${u.from} WHERE ${u.ours} AND ${where(u)} ${end}`,
    );
    return rows.map((row) => learnerOf(tables, fieldTypes(fields), row));
  };

  return {
    learnerIds: kind,
    fields: fieldsOf,

    async courses(db) {
      const { dialect } = db;
      const { courses } = tables;
      const c = ref(dialect, courses, 'c');
      const title = courses.title === undefined ? raw('NULL') : c.column(courses.title);
      const items = [asText(dialect, c.column(courses.id)), title, asText(dialect, c.column(courses.enrolmentMethod))];
      const rows = await ask<[id: string, title: string | null, method: string | null]>(
        db,
        sql`SELECT ${jsonArray(dialect, items)} AS j FROM ${c.from} WHERE ${c.ours} ORDER BY ${c.column(courses.id)}`,
      );
      const assigned = courses.byAssignmentOnly ?? BY_ASSIGNMENT_ONLY;
      return rows.map(
        ([id, name, method]): Course => ({
          id,
          ...(name !== null && { title: name }),
          enrolmentMethod:
            method === assigned ? BY_ASSIGNMENT_ONLY : method === BY_ASSIGNMENT_ONLY ? `not ${method}` : (method ?? ''),
        }),
      );
    },

    async learners(db, ids) {
      const fields = await fieldsOf(db);
      const found: Learner[] = [];
      for (const some of inChunks(ids)) {
        const asked = new Set(some);
        const page = await people(db, fields, (u) => isOneOf(db.dialect, u.column(learners.id), kind, some), raw(''));
        // A collation may take two ids for one.
        for (const learner of page) if (asked.has(learner.id)) found.push(learner);
      }
      return found;
    },

    async page(db, { after, upTo, limit, matching }) {
      const fields = await fieldsOf(db);
      const u = ref(db.dialect, learners, 'u');
      const id = inOrder(db.dialect, kind, u.column(learners.id));
      let condition = raw('TRUE');
      if (matching) {
        let made = conditions.get(matching);
        if (!made) {
          made = narrowed(db, tables, u, matching, fieldTypes(fields));
          conditions.set(matching, made);
        }
        condition = await made.catch((error: unknown) => {
          conditions.delete(matching);
          throw error;
        });
      }
      const range = inRange(db.dialect, kind, id, { after, upTo });
      return people(db, fields, () => sql`${range} AND ${condition}`, sql`ORDER BY ${id} LIMIT ${raw(String(limit))}`);
    },

    async individual(db, ids, courses) {
      const { individual } = tables;
      if (!individual) return [];
      const t = ref(db.dialect, individual, 't');
      const found = await byLearner<[string, string]>(db, t, individual, kind, ids, courses, []);
      return found.map(([learnerId, courseId]) => ({ learnerId, courseId }));
    },

    async training(db, ids, courses) {
      const { training } = tables;
      if (!training) return [];
      const t = ref(db.dialect, training, 't');
      const status = asText(db.dialect, t.column(training.status));
      const archived = training.archived === undefined ? raw('NULL') : t.column(training.archived);
      const rows = await byLearner<[string, string, string | null, unknown]>(db, t, training, kind, ids, courses, [
        status,
        archived,
      ]);
      const completed = training.completed ?? 'completed';
      return rows
        .filter(([, , , away]) => away === null || away === false || away === 0)
        .map(([learnerId, courseId, said]) => ({
          learnerId,
          courseId,
          status: said === completed ? 'completed' : 'in-progress',
        }));
    },

    ...(tables.onWrite && { onWrite: (diffs, tx) => tables.onWrite!(diffs, tx) }),
  };
}

async function byLearner<Row extends [string, string, ...unknown[]]>(
  db: SqlDriver,
  t: TableRef,
  { learner, course }: { readonly learner: string; readonly course: string },
  kind: NonNullable<HostTables['learners']['ids']>,
  ids: readonly string[],
  courses: readonly string[] | undefined,
  more: readonly Fragment[],
): Promise<Row[]> {
  const { dialect } = db;
  const found: Row[] = [];
  const onCourses = courses && new Set(courses);
  const json = jsonArray(dialect, [asText(dialect, t.column(learner)), asText(dialect, t.column(course)), ...more]);
  for (const some of inChunks(ids)) {
    const asked = new Set(some);
    const which = isOneOf(dialect, t.column(learner), kind, some);
    const among = courses ? isOneOf(dialect, asText(dialect, t.column(course)), 'text', courses) : raw('TRUE');
    for (const row of await ask<Row>(
      db,
      sql`SELECT ${json} AS j FROM ${t.from} WHERE ${t.ours} AND ${which} AND ${among}`,
    )) {
      // A collation may take two ids for one.
      if (asked.has(row[0]) && (!onCourses || onCourses.has(row[1]))) found.push(row);
    }
  }
  return found;
}

/** Id, activity, placements, JSON column, table of values; then the columns. */
type LearnerRow = [
  id: string,
  active: unknown,
  segments: readonly string[] | string | null,
  json: Profile | string | null,
  values: readonly (readonly [string, string | null])[] | string | null,
  ...columns: (Scalar | readonly Scalar[])[],
];

function learnerJson(tables: HostTables, u: TableRef): Fragment {
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
  return jsonArray(dialect, [
    asText(dialect, id),
    learners.active === undefined ? nothing : u.column(learners.active),
    segments,
    learners.json === undefined ? nothing : u.column(learners.json),
    values,
    ...Object.values(learners.columns ?? {}).map((column) => u.column(column)),
  ]);
}

function jsonItem(dialect: Dialect, items: readonly Fragment[]): Fragment {
  const [a, b] = items;
  return sql`${raw(dialect === 'mysql' ? 'JSON_ARRAY' : dialect === 'postgres' ? 'json_build_array' : 'json_array')}(${a!}, ${b!})`;
}

function aggregated(dialect: Dialect, item: Fragment): Fragment {
  return sql`${raw({ postgres: 'json_agg', mysql: 'JSON_ARRAYAGG', sqlite: 'json_group_array' }[dialect])}(${item})`;
}

function learnerOf(
  { learners }: HostTables,
  types: ReadonlyMap<string, FieldType> | undefined,
  row: LearnerRow,
): Learner {
  const [id, active, segments, json, values, ...columns] = row;
  const entries: [string, Scalar | readonly Scalar[]][] = Object.entries(parsed(json) ?? {}).map(([field, value]) => [
    field,
    profileValue(value, types?.get(field)),
  ]);
  for (const [field, texts] of byField(parsed(values) ?? [])) {
    const list = texts.map((text) => textValue(text, types?.get(field)));
    entries.push([field, list.length === 1 ? list[0] : list]);
  }
  for (const [i, field] of Object.keys(learners.columns ?? {}).entries())
    entries.push([field, profileValue(columns[i], types?.get(field))]);
  const placed = parsed(segments);
  return {
    id,
    profile: Object.fromEntries(entries),
    ...(placed && { segments: placed }),
    ...((active === false || active === 0) && { active: false }),
  };
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
