import { expect, test } from 'vitest';
import { migrate, migrationSql, sqlHost } from '../../src/sql/index.js';
import { caught } from '../caught.js';
import { issuesOf } from '../validate/issues-of.js';
import { lmsTables } from './lms-tables.js';

const learners = { table: 'users', id: 'id', columns: { site: 'site' } };
const courses = { table: 'courses', id: 'id', enrolmentMethod: 'method' };
const good = { learners, courses };

/** Returns the issues of a description, one line each. */
function issueLines(tables: unknown): string[] {
  return issuesOf(() => sqlHost(tables as never)).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('sqlHost accepts a valid description of tables', () => {
  expect(() => sqlHost(good)).not.toThrow();
  expect(() => sqlHost(lmsTables('x_'))).not.toThrow();
  expect(sqlHost({ ...good, learners: { ...learners, tenant: 'org' }, tenant: 4 }).tenant).toBe('4');
  expect(() => sqlHost({ ...good, fields: [{ id: 'site', type: 'text' }] })).not.toThrow();
  const skills = { column: 'skills', separator: '; ' };
  const enrolmentMethod = { constant: 'by-assignment-only' };
  expect(() =>
    sqlHost({ learners: { ...learners, columns: { skills } }, courses: { ...courses, enrolmentMethod } }),
  ).not.toThrow();
});

const rows = { table: 'rows', learner: 'person', course: 'course' };
const records = { table: 'records', learner: 'person', course: 'course', status: 'status', archived: 'archived_at' };

test('sqlHost accepts tables that the library keeps', () => {
  const set = { source: 'smart', since: null, smart: true, grade: 1.5 };
  const status = { column: 'status', active: 1, ended: 0 };
  const keep = { status: 'in-progress', archived: 'yes', set };
  expect(() => sqlHost({ ...good, enrolments: rows, individual: { ...rows, table: 'other' } })).not.toThrow();
  expect(() => sqlHost({ ...good, enrolments: { ...rows, set, status }, individual: rows })).not.toThrow();
  expect(() => sqlHost({ ...good, training: { ...records, keep } })).not.toThrow();
});

const NAME =
  'expected the name of a column, or of a table with or without "schema." before it, each of at most 63 characters';
const values = { table: 'facts', learner: 'person', field: 'field', value: 'value' };

test.each([
  ['nothing', undefined, [': expected an object, not nothing']],
  ['no courses', { learners }, ['courses: expected an object, not nothing']],
  [
    'a description with missing keys',
    { learners: { table: 'users' }, courses: { table: 'courses', id: 'id' }, training: { table: 'records' } },
    [
      'learners.id: expected a name (text), not nothing',
      'courses.enrolmentMethod: expected a name (text), not nothing',
      'training.learner: expected a name (text), not nothing',
      'training.course: expected a name (text), not nothing',
      'training.status: expected a name (text), not nothing',
    ],
  ],
  [
    'a description with misspelt keys, which would be ignored',
    { learners: { ...learners, acitve: 'enabled' }, courses: { ...courses, titel: 'name' }, trainings: {} },
    ['trainings: unknown key', 'learners.acitve: unknown key', 'courses.titel: unknown key'],
  ],
  [
    'a description with values of the wrong type',
    {
      ...good,
      learners: { ...learners, active: true, ids: 'bigint', columns: { site: 1 } },
      fields: 'site',
      onWrite: {},
    },
    [
      'learners.active: expected a name (text), not a boolean',
      'learners.ids: expected one of text, integer, uuid',
      'learners.columns.site: expected a name (text), not 1',
      'fields: expected a list of fields, or a function that returns one, not text',
      'onWrite: expected a function, not an object',
    ],
  ],
  [
    'an incomplete table of values',
    { ...good, learners: { ...learners, values: { ...values, value: '', more: 1 } } },
    ['learners.values.more: unknown key', 'learners.values.value: expected a name (text), not nothing'],
  ],
  [
    'an undefined tenant, as of a request without one',
    { ...good, learners: { ...learners, tenant: 'org' }, tenant: undefined },
    ['tenant: a table has a tenant column: set tenant, or the rows of all tenants would be read'],
  ],
  [
    'an undefined tenant of a table of values',
    { ...good, learners: { ...learners, values: { ...values, tenant: 'org' } } },
    ['tenant: a table has a tenant column: set tenant, or the rows of all tenants would be read'],
  ],
  [
    'an empty tenant',
    { ...good, courses: { ...courses, tenant: 'org' }, tenant: '' },
    ["tenant: expected a tenant's name or number, not nothing"],
  ],
  [
    'a tenant that no table has a column for',
    { ...good, tenant: 4 },
    [
      'tenant: no table has a tenant column, so the rows of all tenants would be read: name the column in each shared table',
    ],
  ],
  [
    'a description with invalid names among other issues',
    {
      learners: { ...learners, id: 'a..b', columns: { site: 'x\0y', completed: 'y'.repeat(64) } },
      courses: { ...courses, byAssignmentOnly: 'a..b' },
      fields: [{ id: 'grade', type: 'decimal' }, null],
    },
    [
      `learners.id: ${NAME}`,
      `learners.columns.site: ${NAME}`,
      `learners.columns.completed: ${NAME}`,
      'fields.0.type: expected one of text, number, boolean, date',
      'fields.0: no column is mapped to this field: add it to learners.columns',
      'fields.1: expected an object, not null',
    ],
  ],
  [
    'lists in a text and a constant method that are incomplete',
    {
      learners: {
        ...learners,
        columns: { a: { column: 'x..y', seperator: ';' }, b: { column: 'b', separator: '' }, c: [] },
      },
      courses: { ...courses, enrolmentMethod: { constant: 1, of: 'all' }, byAssignmentOnly: 'assigned' },
    },
    [
      'courses.enrolmentMethod.of: unknown key',
      'courses.enrolmentMethod.constant: expected a value (text), not 1',
      'courses.byAssignmentOnly: enrolmentMethod is a constant, so no column has this value: remove byAssignmentOnly, and use the constant by-assignment-only for courses that can be linked',
      'learners.columns.a.seperator: unknown key',
      `learners.columns.a.column: ${NAME}`,
      'learners.columns.a.separator: expected a value (text), not nothing',
      'learners.columns.b.separator: expected a value (text), not nothing',
      'learners.columns.c: expected a name (text), or an object with column and separator, not a list',
    ],
  ],
  [
    'one table of individual and smart enrolments whose rows could not be told apart',
    {
      ...good,
      enrolments: { ...rows, set: { source: null } },
      individual: { ...rows, table: 'lms.Rows', course: 'module' },
    },
    [
      'enrolments.set: individual names the same table, and the rows of smart enrolments would be read as individual ones: set a column that tells them apart, such as { source: "smart" }',
      'enrolments.course: individual names the same table: use the column of individual.course',
    ],
  ],
  [
    'kept tables that are other tables too',
    {
      ...{
        ...good,
        enrolments: { ...rows, table: 'records' },
        placements: { ...rows, segment: 's', table: 'records' },
      },
      training: { ...records, keep: { status: 'x' } },
      individual: { ...rows, table: 'records', course: 'course' },
    },
    [
      'placements.course: unknown key',
      'enrolments.table: placements names the same table, and the library would write its rows: name another table, or write it in onWrite',
      'enrolments.table: training names the same table, and a training record outlives its enrolment: name another table, or write it in onWrite',
      'enrolments.set: individual names the same table, and the rows of smart enrolments would be read as individual ones: set a column that tells them apart, such as { source: "smart" }',
      'training.table: placements names the same table, and the library would write its rows: name another table, or write it in onWrite',
      'training.table: individual names the same table, and the library would write its rows: name another table, or write it in onWrite',
    ],
  ],
  [
    'a table of enrolments with constants and a status of the wrong kind',
    {
      ...good,
      enrolments: {
        ...rows,
        set: { person: 1, state: 'x', 'a..b': 'x', grade: Number.NaN, tags: [] },
        status: { column: 'state', active: 'on', ended: 'on', since: 1 },
      },
    },
    [
      'enrolments.set.person: the library writes another value to this column: remove it here',
      'enrolments.set.state: the library writes another value to this column: remove it here',
      `enrolments.set.a..b: ${NAME}`,
      'enrolments.set.grade: expected text, a number or a boolean, not a number that is not finite',
      'enrolments.set.tags: expected text, a number or a boolean, not a list',
      'enrolments.status.since: unknown key',
      'enrolments.status.ended: expected another value than active',
    ],
  ],
  [
    'a status in a column of ids, and without values',
    { ...good, enrolments: { ...rows, set: 'smart', status: { column: 'course', active: null } } },
    [
      'enrolments.set: expected an object, not text',
      'enrolments.status.column: the library writes another value to this column: remove it here',
      'enrolments.status.active: expected text, a number or a boolean, not null',
      'enrolments.status.ended: expected text, a number or a boolean, not nothing',
    ],
  ],
  [
    'kept training records that could not be archived',
    {
      ...good,
      training: {
        ...{ ...records, archived: undefined, completed: 'passed' },
        keep: { status: 'passed', archived: 0, set: { status: 'x' }, more: 1 },
      },
    },
    [
      'training.archived: records could not be archived: name the column that marks archived ones, or remove keep',
      'training.keep.more: unknown key',
      'training.keep.status: a new record would be completed: expected the status of one in progress',
      'training.keep.archived: a record with this value is not archived: expected another value',
      'training.keep.set.status: the library writes another value to this column: remove it here',
    ],
  ],
  [
    'a field without a column, which would match no learner',
    {
      ...good,
      fields: [
        { id: 'site', type: 'text' },
        { id: 'grade', type: 'number' },
      ],
    },
    ['fields.1: no column is mapped to this field: add it to learners.columns'],
  ],
])('sqlHost rejects %s, and lists all issues', (_, tables, expected) => {
  expect(issueLines(tables)).toEqual(expected);
});

test.each([
  ['learnerId', { learnerId: 'uuid' }],
  ['learnerIds', { learnerIds: 'bigint' }],
])('migrate and migrationSql reject an invalid %s', async (path, options) => {
  const refusal = { code: 'invalid_input', details: { issues: [{ path: [path] }] } };
  expect(caught(() => migrationSql('postgres', options as never))).toMatchObject(refusal);
  const driver = { dialect: 'postgres', query: async () => [], transaction: async () => [] };
  await expect(migrate(driver as never, options as never)).rejects.toMatchObject(refusal);
});

test('migrate and migrationSql list all issues of their options', async () => {
  const options = { prefix: 'a b', learnerIds: 'bigint', learnerId: 'uuid' };
  const issues = [
    { code: 'unknown_key', path: ['learnerId'] },
    { code: 'wrong_type', path: ['prefix'] },
    { code: 'wrong_type', path: ['learnerIds'] },
  ];
  expect(caught(() => migrationSql('oracle' as never, options as never))).toMatchObject({
    details: { issues: [{ path: ['dialect'] }, ...issues] },
  });
  await expect(migrate({} as never, options as never)).rejects.toMatchObject({
    details: { issues: [{ path: ['driver'] }, ...issues] },
  });
  expect(caught(() => migrationSql('postgres', null as never))).toMatchObject({
    details: { issues: [{ message: 'expected an object, not null' }] },
  });
});

test('migrationSql rejects an unknown dialect, and migrate rejects a value that is not a driver', async () => {
  expect(caught(() => migrationSql('postgresql' as never))).toMatchObject({ code: 'invalid_input' });
  await expect(migrate({ query: async () => [] } as never)).rejects.toThrow(/expected a SqlDriver/u);
});
