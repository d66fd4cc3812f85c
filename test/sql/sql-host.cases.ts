import { beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments, field, linkCourses } from '../../src/index.js';
import { createSqlRepositories, migrate, type SqlDriver, sqlHost } from '../../src/sql/index.js';
import { pgliteDriver } from './pglite-world.js';

let db: SqlDriver;

beforeAll(async () => {
  db = await pgliteDriver();
  const statements = `
CREATE TABLE staff (id uuid PRIMARY KEY, org int NOT NULL, enabled boolean NOT NULL, dept text, level int, rate numeric(20, 10),
  hired date, seen timestamptz, local timestamp, remote boolean, skills text[], extra jsonb);
INSERT INTO staff VALUES
  ('00000000-0000-4000-8000-00000000000a', 1, true, ' bRiStOl ', 7, 1.5, '2026-03-01', '2026-03-01T01:00:00+01:00', '2026-03-01 00:00:00.5', true,
    '{"first aid",welding}', '{"team":"blue","level":9}'),
  ('00000000-0000-4000-8000-00000000000b', 1, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('00000000-0000-4000-8000-00000000000c', 2, true, 'Bristol', 1, 1, NULL, NULL, NULL, false, '{}', '{}');
CREATE TABLE facts (person uuid NOT NULL, field text NOT NULL, value text);
INSERT INTO facts VALUES ('00000000-0000-4000-8000-00000000000a', 'age', ' 42 '), ('00000000-0000-4000-8000-00000000000a', 'lang', 'en'),
  ('00000000-0000-4000-8000-00000000000a', 'lang', 'cy'), ('00000000-0000-4000-8000-00000000000a', 'driver', 'Yes'),
  ('00000000-0000-4000-8000-00000000000a', 'none', NULL), ('00000000-0000-4000-8000-00000000000b', 'age', 'unknown');
CREATE TABLE modules (id int PRIMARY KEY, org int NOT NULL, name text, mode text NOT NULL);
INSERT INTO modules VALUES (1, 1, 'Safety', 'assigned'), (2, 1, NULL, 'open'), (3, 2, 'Other', 'assigned'), (4, 1, 'Named alike', 'by-assignment-only');
CREATE TABLE placed (person uuid NOT NULL, segment text NOT NULL);
INSERT INTO placed VALUES ('00000000-0000-4000-8000-00000000000b', 'hand');
CREATE TABLE signups (person uuid NOT NULL, module int NOT NULL);
INSERT INTO signups VALUES ('00000000-0000-4000-8000-00000000000a', 1), ('00000000-0000-4000-8000-00000000000c', 1);
CREATE TABLE progress (person uuid NOT NULL, module int NOT NULL, state text NOT NULL, archived_at timestamptz);
INSERT INTO progress VALUES ('00000000-0000-4000-8000-00000000000a', 1, 'passed', NULL), ('00000000-0000-4000-8000-00000000000a', 2, 'started', NULL),
  ('00000000-0000-4000-8000-00000000000a', 4, 'passed', now())`;
  for (const statement of statements.split(';')) await db.query(statement);
  await migrate(db, { prefix: 'se_', learnerIds: 'uuid' });
});

const [A, B, C] = ['a', 'b', 'c'].map((end) => `00000000-0000-4000-8000-00000000000${end}`) as [string, string, string];
const own = ['dept', 'level', 'rate', 'hired', 'seen', 'local', 'remote', 'skills'];

const hostOf = (org: number) =>
  sqlHost({
    learners: {
      ...{ table: 'public.staff', id: 'id', ids: 'uuid', active: 'enabled', json: 'extra', tenant: 'org' },
      columns: Object.fromEntries(own.map((name) => [name, name])),
      values: { table: 'facts', learner: 'person', field: 'field', value: 'value' },
    },
    fields: [
      ...(['dept', 'skills', 'team', 'lang', 'none'] as const).map((id) => ({ id, type: 'text' as const })),
      ...(['level', 'rate', 'age'] as const).map((id) => ({ id, type: 'number' as const })),
      ...(['hired', 'seen', 'local'] as const).map((id) => ({ id, type: 'date' as const })),
      ...(['remote', 'driver'] as const).map((id) => ({ id, type: 'boolean' as const })),
    ],
    courses: {
      table: 'modules',
      id: 'id',
      title: 'name',
      enrolmentMethod: 'mode',
      byAssignmentOnly: 'assigned',
      tenant: 'org',
    },
    placements: { table: 'placed', learner: 'person', segment: 'segment' },
    individual: { table: 'signups', learner: 'person', course: 'module' },
    training: {
      table: 'progress',
      learner: 'person',
      course: 'module',
      status: 'state',
      completed: 'passed',
      archived: 'archived_at',
    },
    tenant: org,
  });

describe("a host's own tables", () => {
  test('profiles are read from columns of every type, a JSON column and a table of values, and a column takes precedence', async () => {
    const [a, b] = await hostOf(1).page(db, { limit: 9 });
    expect(a).toEqual({
      id: A,
      profile: {
        ...{
          dept: ' bRiStOl ',
          level: 7,
          rate: 1.5,
          hired: '2026-03-01',
          local: '2026-03-01T00:00:00.5Z',
          remote: true,
        },
        ...{
          seen: expect.stringMatching(/^2026-03-01T00:00:00\+00:00$/u),
          skills: ['first aid', 'welding'],
          team: 'blue',
        },
        ...{ age: 42, lang: ['en', 'cy'], driver: true, none: null },
      },
    });
    // A value that cannot be read is returned unchanged: the learner is frozen, and reported.
    expect(b).toMatchObject({ id: B, active: false, segments: ['hand'], profile: { age: 'unknown', dept: null } });
  });

  test('a JSON column that does not hold an object makes only its own learner unreadable', async () => {
    await db.query(`CREATE TABLE texts (id text PRIMARY KEY, profile text)`);
    await db.query(`INSERT INTO texts VALUES ('a', '{"site":"Bristol"}'), ('b', '{"site'), ('c', '[]'), ('d', NULL)`);
    const host = sqlHost({
      learners: { table: 'texts', id: 'id', json: 'profile' },
      courses: { table: 'modules', id: 'id', enrolmentMethod: 'mode' },
    });
    const unreadable = 'The column "profile" does not hold a JSON object.';
    expect(await host.page(db, { limit: 9 })).toEqual([
      { id: 'a', profile: { site: 'Bristol' } },
      { id: 'b', unreadable },
      { id: 'c', unreadable },
      { id: 'd', profile: {} },
    ]);
  });

  test("only the host's own word for by assignment only is read as that enrolment method", async () => {
    expect(await hostOf(1).courses(db)).toEqual([
      { id: '1', title: 'Safety', enrolmentMethod: 'by-assignment-only' },
      { id: '2', enrolmentMethod: 'open' },
      { id: '4', title: 'Named alike', enrolmentMethod: 'not by-assignment-only' },
    ]);
  });

  test('courses that change between two reads, and back again, are read as they are at each time', async () => {
    const host = hostOf(1);
    const before = await hostOf(1).courses(db);
    let asked = false;
    const meddling: SqlDriver = {
      ...{ dialect: db.dialect, inTransaction: false, transaction: db.transaction },
      async query(text, parameters) {
        const rows = await db.query(text, parameters);
        if (!asked) await db.query(`UPDATE modules SET mode = 'open' WHERE id = 1`);
        asked = true;
        return rows as never;
      },
    };
    expect(await host.courses(meddling)).not.toEqual(before);
    await db.query(`UPDATE modules SET mode = 'assigned' WHERE id = 1`);
    expect(await host.courses(db)).toEqual(before);
    expect(await host.courses(db)).toBe(await host.courses(db));
  });

  test('a page of ids reads profiles only if the columns cannot decide which learners match', async () => {
    const ids = (dept: string, name: string) =>
      hostOf(1).page(db, { limit: 9, idsOnly: true, matching: { rule: field(name).equals(dept), placedIn: [] } });
    expect(await ids('bristol', 'dept')).toEqual([{ id: A, profile: {} }]);
    // Values in the JSON column and in the table of values are not narrowed.
    expect(await ids('blue', 'team')).toMatchObject([{ id: A, profile: { team: 'blue' } }, { id: B }]);
    expect(await hostOf(1).page(db, { limit: 9, idsOnly: true })).toEqual([A, B].map((id) => ({ id, profile: {} })));
  });

  test("training records are completed by the host's own word, exclude archived ones, and can be read for some courses only", async () => {
    const host = hostOf(1);
    expect(await host.training(db, [A])).toEqual([
      { learnerId: A, courseId: '1', status: 'completed' },
      { learnerId: A, courseId: '2', status: 'in-progress' },
    ]);
    expect(await host.training(db, [A], ['2', 'x'])).toEqual([{ learnerId: A, courseId: '2', status: 'in-progress' }]);
    expect(await host.individual(db, [A, B, C], ['1'])).toEqual([
      { learnerId: A, courseId: '1' },
      { learnerId: C, courseId: '1' },
    ]);
  });

  test('a tenant reads only its own people and courses', async () => {
    expect((await hostOf(2).page(db, { limit: 9 })).map(({ id }) => id)).toEqual([C]);
    expect((await hostOf(2).courses(db)).map(({ id }) => id)).toEqual(['3']);
    expect(await hostOf(2).learners(db, [A])).toEqual([]);
  });

  test('an id that is not a uuid belongs to no learner and cannot be locked, and a uuid is found in any case', async () => {
    const repositories = createSqlRepositories({ driver: db, host: hostOf(1), prefix: 'se_', tenant: '' });
    expect(await repositories.learners.get(['nobody', A.toUpperCase(), A])).toHaveLength(2);
    await expect(repositories.transaction(['nobody'], async () => undefined)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('a rule over a column enrols learners, and two tenants share the library’s tables', async () => {
    const smart = (org: number) =>
      createSmartEnrolments(
        createSqlRepositories({ driver: db, host: hostOf(org), prefix: 'se_', tenant: `org ${org}` }),
      );
    const segment = { id: 's', title: 'Bristol', rule: field('dept').equals('bristol') };
    const one = await smart(1).apply([{ type: 'saveSegment', segment }, ...linkCourses('s', ['1'])]);
    const two = await smart(2).apply([{ type: 'saveSegment', segment }, ...linkCourses('s', ['3'])]);
    expect([one.summary.assigned, two.summary.assigned]).toEqual([1, 1]);
    expect((await smart(1).explain(A, '1')).holds).toHaveLength(1);
    expect((await smart(1).reconcile()).summary.learners).toBe(0);
    expect((await smart(2).reconcile()).summary.learners).toBe(0);
  });
});
