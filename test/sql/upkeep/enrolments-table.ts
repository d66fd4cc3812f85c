import { type EnrolmentsTable, type SqlDriver, type SqlHost, sqlHost } from '../../../src/sql/index.js';
import { runAll } from '../reading/tables.js';
import { type Ids, insertRow, peopleAndCourses, rowsIn } from './kept.js';

export const SOURCE = { source: 'smart' };
export const STATUS = { column: 'status', active: 'on', ended: 'off' };

/** Two learners and two courses with short ids. */
export const TEXT_IDS: Ids = {
  ...{ name: 'text', ids: 'text', learner: 'VARCHAR(40)', course: 'VARCHAR(40)' },
  ...{ learners: ['a', 'b'], courses: ['c', 'd'] },
};

/** Makes the tables of learners and courses, with their rows, and an empty table `rows` of enrolments, with more columns and keys if given. */
export async function makeTables(db: SqlDriver, at: string, ids: Ids, ...more: readonly string[]): Promise<void> {
  const { learner, course, learners, courses, stored = learners } = ids;
  const columns = [`person ${learner}`, `course ${course}`, 'source VARCHAR(20)', 'status VARCHAR(20)', ...more];
  await runAll(db, at, [
    `CREATE TABLE $people (id ${learner} PRIMARY KEY)`,
    `CREATE TABLE $courses (id ${course} PRIMARY KEY)`,
    `CREATE TABLE $rows (${columns.join(', ')})`,
  ]);
  for (const id of stored) await insertRow(db, `${at}people`, { id });
  for (const id of courses) await insertRow(db, `${at}courses`, { id });
}

/** The host that keeps the table `rows`. */
export function hostOf(at: string, table: Partial<EnrolmentsTable> = {}, ids: Ids['ids'] = 'text'): SqlHost {
  return sqlHost({
    ...peopleAndCourses(at, ids),
    enrolments: { table: `${at}rows`, learner: 'person', course: 'course', ...table },
  });
}

/** The rows of the table `rows`. */
export const keptRows = (db: SqlDriver, at: string): Promise<string[]> =>
  rowsIn(db, `${at}rows`, 'person course source status');
