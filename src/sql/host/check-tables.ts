import type { FieldType } from '../../model/learner.js';
import { type Issues, parse } from '../../validate/issues.js';
import { onlyKeys } from '../../validate/only-keys.js';
import { at, type Place } from '../../validate/place.js';
import { type Row, rowOf } from '../../validate/row.js';
import { ID_KINDS } from '../statement/id-kind.js';
import { checkKept } from './check-kept.js';
import { contentIn, nameIn } from './check-name.js';
import type { HostTables } from './columns/host-tables.js';

/** The columns that a table's description may name, and those that it must name. */
interface Columns {
  readonly needed: readonly string[];
  readonly more?: readonly string[];
}

const TABLES = {
  learners: { needed: ['id'], more: ['ids', 'active', 'columns', 'json', 'values'] },
  courses: { needed: ['id'], more: ['enrolmentMethod', 'title', 'byAssignmentOnly'] },
  placements: { needed: ['learner', 'segment'] },
  individual: { needed: ['learner', 'course'] },
  enrolments: { needed: ['learner', 'course'], more: ['set', 'status'] },
  training: { needed: ['learner', 'course', 'status'], more: ['completed', 'archived', 'keep'] },
} as const satisfies { readonly [Name in keyof HostTables]?: Columns };
const VALUES: Columns = { needed: ['learner', 'field', 'value'] };

/** Keys that hold a column's content instead of a name. */
const CONTENTS = ['byAssignmentOnly', 'completed'];
/** Keys that {@link checkTable} leaves to other checks. */
const OTHERS = ['ids', 'columns', 'values', 'enrolmentMethod', 'set', 'status', 'keep'];
const FIELD_TYPES: readonly unknown[] = ['text', 'number', 'boolean', 'date'] satisfies readonly FieldType[];

/** Rejects a description of tables that would fail later, elsewhere, or read the wrong rows; one error lists all issues. */
export function checkTables(tables: HostTables): void {
  parse((issues) => {
    const given = rowOf(tables, 'an object', undefined, issues);
    if (!given) return undefined;
    onlyKeys(given, [...Object.keys(TABLES), 'fields', 'tenant', 'onWrite'], undefined, issues);
    for (const [name, columns] of Object.entries(TABLES)) {
      const isNeeded = name === 'learners' || name === 'courses';
      if (given[name] === undefined && !isNeeded) continue;
      checkTable(given[name], columns, at(undefined, name), issues);
      if (name === 'courses') checkMethod(given.courses, issues);
    }
    const { learners, tenant, onWrite } = given;
    if (typeof learners === 'object' && learners !== null) checkLearners(learners as Row, issues);
    checkKept(given, issues);
    checkFields(given, issues);
    if (onWrite !== undefined && typeof onWrite !== 'function')
      issues.wrongType('a function', onWrite, at(undefined, 'onWrite'));
    checkTenant(given, tenant, issues);
    return undefined;
  });
}

function checkTable(value: unknown, { needed, more = [] }: Columns, place: Place, issues: Issues): void {
  const table = rowOf(value, 'an object', place, issues);
  if (!table) return;
  onlyKeys(table, ['table', 'tenant', ...needed, ...more], place, issues);
  for (const key of ['table', ...needed]) nameIn(table, key, place, issues);
  const names = ['tenant', ...more].filter((key) => !OTHERS.includes(key));
  for (const key of names)
    if (table[key] !== undefined) (CONTENTS.includes(key) ? contentIn : nameIn)(table, key, place, issues);
}

function checkLearners({ ids = 'text', columns, values }: Row, issues: Issues): void {
  const place = at(undefined, 'learners');
  if (!ID_KINDS.some((kind) => kind === ids))
    issues.add('wrong_type', at(place, 'ids'), `expected one of ${ID_KINDS.join(', ')}`);
  if (values !== undefined) checkTable(values, VALUES, at(place, 'values'), issues);
  if (columns === undefined) return;
  const named = rowOf(columns, 'an object', at(place, 'columns'), issues);
  for (const field of Object.keys(named ?? {})) checkColumn(named!, field, at(place, 'columns'), issues);
}

/** Checks the column of a field: a name, or a name and what separates the values of a list. */
function checkColumn(columns: Row, field: string, place: Place, issues: Issues): void {
  const column = columns[field];
  if (typeof column !== 'object' || column === null) {
    nameIn(columns, field, place, issues);
    return;
  }
  const list = rowOf(column, 'a name (text), or an object with column and separator', at(place, field), issues);
  if (!list) return;
  onlyKeys(list, ['column', 'separator'], at(place, field), issues);
  nameIn(list, 'column', at(place, field), issues);
  contentIn(list, 'separator', at(place, field), issues);
}

/** Checks the enrolment method of courses: a column's name, or one method for all courses. */
function checkMethod(courses: unknown, issues: Issues): void {
  if (typeof courses !== 'object' || courses === null || Array.isArray(courses)) return;
  const place = at(undefined, 'courses');
  const { enrolmentMethod: method, byAssignmentOnly } = courses as Row;
  if (typeof method !== 'object' || method === null) {
    nameIn(courses as Row, 'enrolmentMethod', place, issues);
    return;
  }
  const own = at(place, 'enrolmentMethod');
  const constant = rowOf(method, 'a name (text), or an object with constant', own, issues);
  if (!constant) return;
  onlyKeys(constant, ['constant'], own, issues);
  contentIn(constant, 'constant', own, issues);
  if (byAssignmentOnly !== undefined)
    issues.add(
      'wrong_type',
      at(place, 'byAssignmentOnly'),
      'enrolmentMethod is a constant, so no column has this value: remove byAssignmentOnly, and use the constant by-assignment-only for courses that can be linked',
    );
}

/** If tenants share a table, the tenant is required: without it, the rows of all tenants would be read. */
function checkTenant(given: Row, tenant: unknown, issues: Issues): void {
  const { values } = (given.learners ?? {}) as Row;
  const shared = [...Object.keys(TABLES).map((name) => given[name]), values].some(
    (table) => (table as Row | null | undefined)?.tenant !== undefined,
  );
  const isTenant = (typeof tenant === 'string' && tenant !== '') || Number.isFinite(tenant);
  const place = at(undefined, 'tenant');
  if (tenant !== undefined && !isTenant) issues.wrongType("a tenant's name or number", tenant || undefined, place);
  else if (shared && !isTenant)
    issues.add(
      'wrong_type',
      place,
      'a table has a tenant column: set tenant, or the rows of all tenants would be read',
    );
  else if (isTenant && !shared)
    issues.add(
      'wrong_type',
      place,
      'no table has a tenant column, so the rows of all tenants would be read: name the column in each shared table',
    );
}

/** A declared field without a column would match no learner, without an error. */
function checkFields({ learners, fields }: Row, issues: Issues): void {
  const place = at(undefined, 'fields');
  if (fields === undefined || typeof fields === 'function') return;
  if (!Array.isArray(fields)) {
    issues.wrongType('a list of fields, or a function that returns one', fields, place);
    return;
  }
  const { columns, json, values } = Object(learners) as Row;
  const isKept = (id: string): boolean =>
    json !== undefined || values !== undefined || Object.hasOwn(Object(columns), id);
  for (let i = 0; i < fields.length && !issues.full(); i++) {
    const field = rowOf(fields[i], 'an object', at(place, i), issues);
    if (!field) continue;
    const { id, type } = field;
    if (!FIELD_TYPES.includes(type))
      issues.add('wrong_type', at(at(place, i), 'type'), `expected one of ${FIELD_TYPES.join(', ')}`);
    if (typeof id !== 'string') issues.wrongType('an id (text)', id, at(at(place, i), 'id'));
    else if (!isKept(id))
      issues.add('unknown_field', at(place, i), 'no column is mapped to this field: add it to learners.columns');
  }
}
