import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSmartEnrolments, field, linkCourses, saveSegment } from '../../src/index.js';
import {
  createSqlRepositories,
  fromPglite,
  type HostTables,
  migrate,
  type SqlHost,
  sqlHost,
} from '../../src/sql/index.js';

const tables: HostTables = {
  learners: { table: 'people', id: 'id', ids: 'integer', columns: { site: 'site', grade: 'grade' } },
  courses: { table: 'courses', id: 'id', enrolmentMethod: 'method' },
};

describe('a preview of learners on SQL', () => {
  let database: PGlite;
  const over = (host: SqlHost) => createSqlRepositories({ driver: fromPglite(database), host });
  beforeAll(async () => {
    database = await PGlite.create();
    await database.exec(`
      CREATE DOMAIN named AS text NOT NULL;
      CREATE TABLE people (id integer PRIMARY KEY, site named, grade integer);
      CREATE TABLE courses (id text PRIMARY KEY, method text NOT NULL);
      INSERT INTO people VALUES (1, 'Leeds', 1);
      INSERT INTO courses VALUES ('fire', 'by-assignment-only');
    `);
    await migrate(fromPglite(database), { learnerIds: 'integer' });
  });
  afterAll(() => database.close());

  it('names the rejected value even if the table requires another value', async () => {
    const { learners } = over(sqlHost(tables));
    const refused = await learners.asStored!([
      { id: '1', profile: { site: 'x', grade: 'oops' } },
      { id: '2', profile: { grade: 1 } },
    ]);
    expect(refused).toEqual([
      { id: '1', unreadable: 'The database does not accept the value of the field "grade".' },
      { id: '2', unreadable: 'The database does not accept the id, or NULL in a required column.' },
    ]);
  });

  it('fails if a column does not exist, as a notice does', async () => {
    const columns = { site: 'sit', grade: 'grade' };
    const host = sqlHost({ ...tables, learners: { ...tables.learners, columns } });
    const asked = over(host).learners.asStored!([{ id: '1', profile: { site: 'x' } }]);
    await expect(asked).rejects.toThrow(
      'The table people has no column "sit". Correct the name in sqlHost({ learners }).',
    );
  });

  it('reads values as they are passed if the host reads its learners itself', async () => {
    const own = sqlHost(tables);
    const added = async (...args: Parameters<SqlHost['learners']>) =>
      (await own.learners(...args)).map((one) =>
        'unreadable' in one ? one : { ...one, profile: { ...one.profile, dept: 'IT' } },
      );
    const repositories = over({ ...own, learners: added });
    expect(repositories.learners).not.toHaveProperty('asStored');
    const enrolments = createSmartEnrolments(repositories);
    const it = saveSegment({ id: 'it', rule: field('dept').equals('IT') });
    await enrolments.apply([it, ...linkCourses('it', ['fire'])]);
    const { summary } = await enrolments.previewLearners({ learners: [{ id: '5', profile: { dept: 'IT' } }] });
    expect(summary.enrolled).toBe(1);
    expect(over({ ...own }).learners).toHaveProperty('asStored');
  });
});
