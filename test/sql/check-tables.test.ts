import { expect, test } from 'vitest';
import { migrate, migrationSql, sqlHost } from '../../src/sql/index.js';
import { caught } from '../caught.js';
import { issueLines, NAME } from './issue-lines.js';
import { lmsTables } from './lms-tables.js';

const learners = { table: 'users', id: 'id', columns: { site: 'site' } };
const courses = { table: 'courses', id: 'id', enrolmentMethod: 'method' };
const good = { learners, courses };

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
