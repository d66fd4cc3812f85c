import type { Catalog, Repositories } from '../../../src/index.js';
import { createSqlRepositories, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { learnerOf } from '../../bench/workload/learners.js';

const COLUMNS = {
  department: 'text',
  role: 'text',
  site: 'text',
  country: 'text',
  level: 'int',
  hired: 'date',
  skills: 'text[]',
  contractor: 'boolean',
};

/** Creates the host's tables with so many people. The core's benchmark links a quarter of 200,000 people; this one links everyone. */
export async function preparePeople(db: SqlDriver, count: number, { courses }: Catalog): Promise<void> {
  const columns = Object.entries(COLUMNS);
  await db.query(`CREATE TABLE learner(id text PRIMARY KEY, ${columns.map((column) => column.join(' ')).join(', ')})`);
  await db.query('CREATE TABLE course(id text PRIMARY KEY, method text NOT NULL)');
  await db.query('CREATE TABLE individual(learner_id text, course_id text, PRIMARY KEY(learner_id, course_id))');
  await db.query(
    'CREATE TABLE training(learner_id text, course_id text, status text, archived boolean, PRIMARY KEY(learner_id, course_id))',
  );
  await db.query(
    `INSERT INTO course SELECT j->>'id', j->>'enrolmentMethod' FROM jsonb_array_elements($1::text::jsonb) AS j`,
    [JSON.stringify(courses)],
  );
  const given = columns.map(([name, type]) => `${name} ${type}`).join(', ');
  for (let from = 0; from < count; from += 10_000) {
    const rows = Array.from({ length: Math.min(10_000, count - from) }, (_, i) => {
      const { id, profile } = learnerOf(from + i);
      return { id, ...profile };
    });
    await db.query(
      `INSERT INTO learner SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS given(id text, ${given})`,
      [JSON.stringify(rows)],
    );
  }
  await db.query(`CREATE INDEX ON learner(contractor)`);
}

/** The library over these tables. */
export async function repositoriesOver(db: SqlDriver, { fields }: Catalog): Promise<Repositories> {
  await migrate(db);
  const host = sqlHost({
    learners: {
      table: 'learner',
      id: 'id',
      columns: Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, name])),
    },
    ...(fields && { fields }),
    courses: { table: 'course', id: 'id', enrolmentMethod: 'method' },
    individual: { table: 'individual', learner: 'learner_id', course: 'course_id' },
    training: { table: 'training', learner: 'learner_id', course: 'course_id', status: 'status', archived: 'archived' },
  });
  return createSqlRepositories({ driver: db, host });
}
