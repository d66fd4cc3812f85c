import { expect, test } from 'vitest';
import { migrate, migrationSql, sqlHost } from '../../src/sql/index.js';
import { caught } from '../caught.js';
import { issuesOf } from '../validate/issues-of.js';
import { lmsTables } from './lms-tables.js';

const learners = { table: 'users', id: 'id', columns: { site: 'site' } };
const courses = { table: 'courses', id: 'id', enrolmentMethod: 'method' };
const good = { learners, courses };

/** What is said of a description, a line for each issue. */
function said(tables: unknown): string[] {
  return issuesOf(() => sqlHost(tables as never)).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('a description of tables is taken as it is described', () => {
  expect(() => sqlHost(good)).not.toThrow();
  expect(() => sqlHost(lmsTables('x_'))).not.toThrow();
  expect(sqlHost({ ...good, learners: { ...learners, tenant: 'org' }, tenant: 4 }).tenant).toBe('4');
  expect(() => sqlHost({ ...good, fields: [{ id: 'site', type: 'text' }] })).not.toThrow();
});

const NAME = 'It is the name of a column, or of a table with its schema before a dot, of 63 characters each.';
const values = { table: 'facts', learner: 'person', field: 'field', value: 'value' };

test.each([
  ['nothing', undefined, [': expected an object, not nothing']],
  ['no courses', { learners }, ['courses: expected an object, not nothing']],
  [
    'what is left out',
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
    'what is misspelt, which would be read as if it had been left out',
    { learners: { ...learners, acitve: 'enabled' }, courses: { ...courses, titel: 'name' }, trainings: {} },
    ['trainings: unknown key', 'learners.acitve: unknown key', 'courses.titel: unknown key'],
  ],
  [
    'what is of another type',
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
    'a table of values in part',
    { ...good, learners: { ...learners, values: { ...values, value: '', more: 1 } } },
    ['learners.values.more: unknown key', 'learners.values.value: expected a name (text), not nothing'],
  ],
  [
    'a tenant that nobody names, as that of a request that has none',
    { ...good, learners: { ...learners, tenant: 'org' }, tenant: undefined },
    ['tenant: a table has a column of tenants: say whose rows are meant, or all would be read'],
  ],
  [
    'the same, of a table of values',
    { ...good, learners: { ...learners, values: { ...values, tenant: 'org' } } },
    ['tenant: a table has a column of tenants: say whose rows are meant, or all would be read'],
  ],
  [
    'a tenant without a name',
    { ...good, courses: { ...courses, tenant: 'org' }, tenant: '' },
    ["tenant: expected a tenant's name or number, not nothing"],
  ],
  [
    'a tenant that no table knows',
    { ...good, tenant: 4 },
    ['tenant: no table has a column of tenants, so that everybody’s rows would be read'],
  ],
  [
    'names that no database takes, also where other things are wrong',
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
      'fields.0: no column holds this field: name it in learners.columns',
      'fields.1: expected an object, not null',
    ],
  ],
  [
    'a field that is kept nowhere, which would match nobody',
    {
      ...good,
      fields: [
        { id: 'site', type: 'text' },
        { id: 'grade', type: 'number' },
      ],
    },
    ['fields.1: no column holds this field: name it in learners.columns'],
  ],
])('%s is refused, and everything that is wrong is listed', (_, tables, expected) => {
  expect(said(tables)).toEqual(expected);
});

test.each([
  ['learnerId', { learnerId: 'uuid' }],
  ['learnerIds', { learnerIds: 'bigint' }],
])('options of the tables: %s is refused', async (path, options) => {
  const refusal = { code: 'invalid_input', details: { issues: [{ path: [path] }] } };
  expect(caught(() => migrationSql('postgres', options as never))).toMatchObject(refusal);
  const driver = { dialect: 'postgres', query: async () => [], transaction: async () => [] };
  await expect(migrate(driver as never, options as never)).rejects.toMatchObject(refusal);
});

test('options of the tables: everything that is wrong is listed', async () => {
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

test('a database that there is not, and what is no driver, are refused', async () => {
  expect(caught(() => migrationSql('postgresql' as never))).toMatchObject({ code: 'invalid_input' });
  await expect(migrate({ query: async () => [] } as never)).rejects.toThrow(/It is a SqlDriver/u);
});
