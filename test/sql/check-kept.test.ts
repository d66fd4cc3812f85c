import { expect, test } from 'vitest';
import { sqlHost } from '../../src/sql/index.js';
import { issueLines, NAME } from './issue-lines.js';

const good = {
  learners: { table: 'users', id: 'id' },
  courses: { table: 'courses', id: 'id', enrolmentMethod: 'method' },
};
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

test.each([
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
    'values that are the same in the database, or that could not be read',
    {
      ...good,
      enrolments: { ...rows, status: { column: 'ended', active: 0, ended: false } },
      training: { ...records, keep: { status: 'x', archived: 'archived' } },
    },
    [
      'enrolments.status.ended: expected another value than active',
      'training.keep.archived: a record with this value could not be read: expected true, a number, a date, or a text such as yes',
    ],
  ],
  [
    'a text that marks records as not archived',
    { ...good, training: { ...records, keep: { status: 'x', archived: 'No' } } },
    ['training.keep.archived: a record with this value is not archived: expected another value'],
  ],
])('sqlHost rejects %s, and lists all issues', (_, tables, expected) => {
  expect(issueLines(tables)).toEqual(expected);
});
