import { PGlite } from '@electric-sql/pglite';
import type { LearnerDiff } from 'smart-enrolments';
import { createSqlRepositories, fromPglite, migrate, type SqlDriver, sqlHost } from 'smart-enrolments/sql';
import type { Stage } from './play.js';

/** The organisation's own tables, in their own schema, which is created anew. */
const TABLES = `
DROP SCHEMA IF EXISTS demo CASCADE;
CREATE SCHEMA demo;
CREATE TABLE demo.people (id text PRIMARY KEY);
CREATE TABLE demo.members (person text NOT NULL, team text NOT NULL, PRIMARY KEY (person, team));
CREATE TABLE demo.courses (id text PRIMARY KEY, method text NOT NULL);
CREATE TABLE demo.training (person text NOT NULL, course text NOT NULL, status text NOT NULL, PRIMARY KEY (person, course))`;

/** The library's tables are in the same schema. */
const prefix = 'demo.smart_enrolments_';

/** Opens PGlite, which is PostgreSQL in this process: in memory, or in a persistent folder. */
export async function openPglite(folder?: string): Promise<Stage & { close(): Promise<void> }> {
  const pglite = await PGlite.create(folder);
  await pglite.exec(TABLES);
  const driver = fromPglite(pglite);
  await migrate(driver, { prefix });
  const host = sqlHost({
    learners: { table: 'demo.people', id: 'id' },
    placements: { table: 'demo.members', learner: 'person', segment: 'team' },
    courses: { table: 'demo.courses', id: 'id', enrolmentMethod: 'method' },
    training: { table: 'demo.training', learner: 'person', course: 'course', status: 'status' },
    onWrite: startTraining,
  });
  return {
    repositories: createSqlRepositories({ driver, host, prefix }),
    host: storing(driver),
    close: () => pglite.close(),
  };
}

/** The organisation's changes of its own tables. */
function storing(driver: SqlDriver): Stage['host'] {
  return {
    async saveCourses(courses) {
      const rows = courses.map(({ id, enrolmentMethod }) => ({ id, method: enrolmentMethod }));
      await driver.query(
        `INSERT INTO demo.courses SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS row(id text, method text)
          ON CONFLICT (id) DO UPDATE SET method = excluded.method`,
        [JSON.stringify(rows)],
      );
    },
    async saveLearners(learners) {
      const members = learners.flatMap(({ id, segments = [] }) => segments.map((team) => ({ person: id, team })));
      const people = JSON.stringify(learners.map(({ id }) => id));
      await driver.transaction(async (tx) => {
        await tx.query(
          'INSERT INTO demo.people SELECT jsonb_array_elements_text($1::text::jsonb) ON CONFLICT (id) DO NOTHING',
          [people],
        );
        await tx.query('DELETE FROM demo.members WHERE person IN (SELECT jsonb_array_elements_text($1::text::jsonb))', [
          people,
        ]);
        await tx.query(
          'INSERT INTO demo.members SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS row(person text, team text)',
          [JSON.stringify(members)],
        );
      });
    },
  };
}

/** Creates training records. No person completes a course in this history, so none is archived. */
async function startTraining(diffs: readonly LearnerDiff[], tx: SqlDriver): Promise<void> {
  const started = diffs.flatMap(({ learnerId, enrolled }) =>
    enrolled.flatMap(({ courseId, training }) =>
      training === 'start' ? [{ person: learnerId, course: courseId, status: 'in-progress' }] : [],
    ),
  );
  if (started.length === 0) return;
  await tx.query(
    'INSERT INTO demo.training SELECT * FROM jsonb_to_recordset($1::text::jsonb) AS row(person text, course text, status text)',
    [JSON.stringify(started)],
  );
}
