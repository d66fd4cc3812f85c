import { type Field, field, linkCourses, saveSegment } from 'smart-enrolments';
import type { SqlDriver } from 'smart-enrolments/sql';
import type { Beginning } from './beginning.js';
import { insert, latest, type Row, read } from './data.js';
import { runningCourses } from './open-university.js';

/** The end date of rows that are still valid. */
const FOREVER = '9999-01-01';

const FIELDS: readonly Field[] = [
  { id: 'department', title: 'Department', type: 'text' },
  { id: 'job', title: 'Job title', type: 'text' },
  { id: 'hired', title: 'Hired on', type: 'date' },
];

/** The people of a sample company (test/data/employees-10k), and modules of the Open University as their courses. */
export const COMPANY: Beginning = {
  organisation: {
    id: 'company',
    title: 'Sample Company',
    credit: 'People: MySQL’s Employees sample database, of nobody real, CC BY-SA 3.0 (Wang, Zaniolo, Maxia, Crews).',
  },
  fill,
  edits: [
    saveSegment({ id: 'sales', title: 'Sales', rule: field('department').equals('Sales') }),
    {
      type: 'saveSegment',
      segment: { id: 'leaders', title: 'Technique leaders', rule: field('job').equals('Technique Leader') },
    },
    ...linkCourses('leaders', ['BBB-2014J']),
  ],
  learner: 10_044,
};

async function fill(db: SqlDriver): Promise<void> {
  const departments = new Map(read('employees-10k/departments').map((row) => [row.dept_no, row.dept_name]));
  const titles = lastHeld(read('employees-10k/titles'));
  const work = read('employees-10k/dept_emp');
  const hired = new Map(work.map(({ emp_no: id, from_date: from }) => [id, from!]));
  for (const { emp_no: id, from_date: from } of work) if (from! < hired.get(id)!) hired.set(id, from!);

  const people = [...lastHeld(work)].map(([id, row]) => ({
    id: Number(id),
    active: row.to_date === FOREVER,
    profile: { department: departments.get(row.dept_no), job: titles.get(id)?.title, hired: hired.get(id) },
  }));
  await insert(db, 'fields (id, title, type)', 'id text, title text, type text', FIELDS);
  await insert(db, 'people (id, active, profile)', 'id int, active boolean, profile jsonb', people);
  await insert(db, 'courses (id, title, method)', 'id text, title text, method text', runningCourses());
}

/** The last row of each person. */
function lastHeld(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return latest(
    rows,
    ({ emp_no: id }) => id!,
    ({ to_date: to }) => to!,
  );
}
