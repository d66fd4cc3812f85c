import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmartEnrolments, linkCourses } from '../../../src/index.js';
import { createSqlRepositories, type Dialect, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import type { Open, Opened } from './opened.js';
import { runAll, tablesOf } from './tables.js';

/** Types of a column that treats some texts as equal, and whether it ignores a trailing space. */
const LOOSE: { readonly [D in Dialect]: readonly string[] } = {
  postgres: ['varchar(40) COLLATE "$loose"', 'char(40)', 'text'],
  mysql: [
    'VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
    'VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CHAR(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci',
  ],
  sqlite: ['TEXT COLLATE NOCASE', 'TEXT COLLATE RTRIM', 'TEXT'],
};
const TENANTS = ['acme', 'ACME', 'ácme'];

/** Cases of ids and tenants that the database treats as equal. `hasIcu` is false for a Postgres without ICU collations. */
export function describeIdentity(open: Open, hasIcu = true): void {
  let opened: Opened;
  let db: SqlDriver;
  let p: string;
  let loose: readonly string[];
  beforeAll(async () => {
    opened = await open();
    ({ db, prefix: p } = opened);
    loose = LOOSE[db.dialect].filter((type) => hasIcu || !type.includes('$loose')).map((type) => type.replace('$', p));
    if (db.dialect === 'postgres' && hasIcu) {
      await db.query(
        `CREATE COLLATION "${p}loose" (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`,
      );
    }
  });
  afterAll(async () => {
    // Dropped before the tables that it refers to.
    await db.query(`DROP TABLE IF EXISTS ${p}i_individual`);
    await opened.close();
    if (db.dialect === 'postgres' && hasIcu) await db.query(`DROP COLLATION "${p}loose"`);
  });

  test('a tenant reads its own rows, byte by byte, whatever the collation of the column', async () => {
    for (const [i, type] of loose.entries()) {
      const at = `${p}t${i}_`;
      // A fixed-width column does not store a trailing space.
      const tenants = [...TENANTS, ...(/^char/iu.test(type) ? [] : ['acme '])];
      await runAll(db, at, [
        `CREATE TABLE $people (id VARCHAR(40) PRIMARY KEY, org ${type})`,
        `CREATE TABLE $courses (id VARCHAR(40), method VARCHAR(40), org ${type})`,
        `CREATE TABLE $individual (learner VARCHAR(40), course VARCHAR(40), org ${type})`,
        `CREATE TABLE $placed (learner VARCHAR(40), segment VARCHAR(40), org ${type})`,
      ]);
      for (const [n, tenant] of tenants.entries()) {
        await runAll(db, at, [
          `INSERT INTO $people VALUES ('u${n}', '${tenant}')`,
          `INSERT INTO $courses VALUES ('c${n}', 'open', '${tenant}')`,
          `INSERT INTO $individual VALUES ('u${n}', 'c${n}', '${tenant}')`,
          `INSERT INTO $placed VALUES ('u0', 's${n}', '${tenant}')`,
        ]);
      }
      for (const [n, tenant] of tenants.entries()) {
        const table = (name: string) => ({ table: at + name, tenant: 'org' });
        const host = sqlHost({
          ...{ tenant, learners: { ...table('people'), id: 'id' } },
          courses: { ...table('courses'), id: 'id', enrolmentMethod: 'method' },
          individual: { ...table('individual'), learner: 'learner', course: 'course' },
          placements: { ...table('placed'), learner: 'learner', segment: 'segment' },
        });
        const segments = n === 0 ? { segments: ['s0'] } : {};
        expect(await host.page(db, { limit: 9 }), `${type}: ${tenant}`).toEqual([
          { id: `u${n}`, profile: {}, ...segments },
        ]);
        expect((await host.courses(db)).map(({ id }) => id)).toEqual([`c${n}`]);
        expect(await host.individual(db, ['u0', 'u1', 'u2', 'u3'])).toEqual([
          { learnerId: `u${n}`, courseId: `c${n}` },
        ]);
      }
    }
  });

  test('a numeric tenant is found by its text, and a text that only begins with its number is not', async () => {
    await runAll(db, `${p}n_`, [
      `CREATE TABLE $people (id VARCHAR(40) PRIMARY KEY, org INTEGER)`,
      `INSERT INTO $people VALUES ('a', 1), ('b', 2), ('z', 0)`,
    ]);
    const ids = async (tenant: string | number) => {
      const host = sqlHost({
        ...{ tenant, learners: { table: `${p}n_people`, id: 'id', tenant: 'org' } },
        courses: { table: `${p}n_people`, id: 'id', enrolmentMethod: 'id' },
      });
      return (await host.page(db, { limit: 9 })).map(({ id }) => id);
    };
    expect(await Promise.all([1, '2', '1x', 'acme', '01', '99999999999999999999'].map(ids))).toEqual([
      ['a'],
      ['b'],
      [],
      [],
      [],
      [],
    ]);
  });

  // PGlite has no collation that treats two texts as equal.
  if (hasIcu)
    test('rows belong to the learner and course that the database considers equal, and are returned with the ids of those', async () => {
      const [type] = loose;
      await runAll(db, `${p}i_`, [
        `CREATE TABLE $people (id ${type} PRIMARY KEY)`,
        `CREATE TABLE $courses (id ${type} PRIMARY KEY, method VARCHAR(40))`,
        `CREATE TABLE $individual (learner ${type} REFERENCES $people (id), course ${type} REFERENCES $courses (id))`,
        `CREATE TABLE $training (learner ${type}, course ${type}, status VARCHAR(40), archived INTEGER)`,
        `CREATE TABLE $placed (learner ${type}, segment VARCHAR(40))`,
        `CREATE TABLE $facts (learner ${type}, name VARCHAR(40), value VARCHAR(40))`,
        `INSERT INTO $people VALUES ('ada'), ('Bob')`,
        `INSERT INTO $courses VALUES ('c', 'by-assignment-only'), ('D', 'by-assignment-only')`,
        `INSERT INTO $individual VALUES ('Ada', 'C'), ('bob', 'd'), ('BOB', 'D')`,
        `INSERT INTO $training VALUES ('ADA', 'C', 'completed', 0), ('Gone', 'C', 'completed', 0), ('Gone', 'x', 'started', 0)`,
        `INSERT INTO $placed VALUES ('ADA', 'hand'), ('ada', 'Hand')`,
        `INSERT INTO $facts VALUES ('Ada', 'site', 'York')`,
      ]);
      const tables = tablesOf(`${p}i_`, {
        values: { table: `${p}i_facts`, learner: 'learner', field: 'name', value: 'value' },
      });
      const host = sqlHost({
        ...tables,
        placements: { table: `${p}i_placed`, learner: 'learner', segment: 'segment' },
      });
      const ada = {
        id: 'ada',
        profile: { site: 'York' },
        segments: expect.toSatisfy((ids: string[]) => [...ids].sort().join() === 'Hand,hand'),
      };
      expect(await host.learners(db, ['ada', 'Ada'])).toEqual([ada]);
      const individual = await host.individual(db, ['ada', 'Bob', 'Ada']);
      expect(individual).toHaveLength(3);
      expect(individual).toContainEqual({ learnerId: 'ada', courseId: 'c' });
      expect(individual.filter((row) => row.learnerId === 'Bob')).toEqual(
        [1, 2].map(() => ({ learnerId: 'Bob', courseId: 'D' })),
      );
      expect(await host.individual(db, ['ada', 'Bob'], ['c'])).toEqual([{ learnerId: 'ada', courseId: 'c' }]);
      expect(await host.training(db, ['ada'])).toEqual([{ learnerId: 'ada', courseId: 'c', status: 'completed' }]);
      // Rows of learners and courses that no longer exist are returned with their own ids.
      const gone = await host.training(db, ['Gone']);
      expect(gone.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))).toEqual([
        { learnerId: 'Gone', courseId: 'c', status: 'completed' },
        { learnerId: 'Gone', courseId: 'x', status: 'in-progress' },
      ]);

      await migrate(db, { prefix: `${p}i_se_` });
      const written: string[] = [];
      const onWrite = async (diffs: readonly object[]) => void written.push(JSON.stringify(diffs));
      const repositories = createSqlRepositories({ driver: db, host: { ...host, onWrite }, prefix: `${p}i_se_` });
      const library = createSmartEnrolments(repositories);
      await library.apply([
        { type: 'saveSegment', segment: { id: 's', title: 'S', rule: { everyone: true } } },
        ...linkCourses('s', ['c']),
      ]);
      const [link] = (await repositories.catalog.load()).links;
      await library.apply({ type: 'unlink', linkId: link!.id });
      // Ada is enrolled on the course individually, so her completed record is kept.
      expect(written.filter((diffs) => diffs.includes('"ada"')).join()).not.toContain('archive');
      expect((await library.explain('ada', 'c')).enrolled).toBe(true);
    });

  test('uuids are read, locked and written in any case', async () => {
    const { dialect } = db;
    const type = { postgres: 'uuid', mysql: 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin', sqlite: 'TEXT' }[dialect];
    const [A, B, C] = ['A', 'B', 'C'].map((end) => `ABCDEF00-0000-4000-8000-00000000000${end}`) as [
      string,
      string,
      string,
    ];
    const [a, b, c] = [A, B, C].map((id) => id.toLowerCase()) as [string, string, string];
    await runAll(db, `${p}u_`, [
      `CREATE TABLE $people (id ${type} PRIMARY KEY)`,
      `CREATE TABLE $courses (id VARCHAR(40), method VARCHAR(40))`,
      `CREATE TABLE $individual (learner ${type}, course VARCHAR(40))`,
      `CREATE TABLE $training (learner ${type}, course VARCHAR(40), status VARCHAR(40), archived INTEGER)`,
      `CREATE TABLE $placed (learner ${type}, segment VARCHAR(40))`,
      `INSERT INTO $people VALUES ('${A}'), ('${b}'), ('${C}')`,
      `INSERT INTO $individual VALUES ('${a}', 'c'), ('${B}', 'c')`,
      `INSERT INTO $placed VALUES ('${a}', 's'), ('${B}', 's')`,
    ]);
    const prefix = `${p}u_se_`;
    await migrate(db, { prefix, learnerIds: 'uuid' });
    const placements = { table: `${p}u_placed`, learner: 'learner', segment: 'segment' };
    const written: string[] = [];
    const onWrite = async (diffs: readonly { readonly learnerId: string }[]) =>
      void written.push(...diffs.map((diff) => diff.learnerId));
    const host = sqlHost({ ...tablesOf(`${p}u_`, { ids: 'uuid' }), placements, onWrite });
    const { learners, enrolments, transaction } = createSqlRepositories({ driver: db, host, prefix });
    const everyone = await learners.page({ limit: 9 });
    expect(everyone.map(({ id }) => id)).toEqual([a, b, c]);
    expect((await learners.page({ limit: 1, after: A })).map(({ id }) => id)).toEqual([b]);
    expect((await learners.page({ limit: 9, after: a, upTo: C, idsOnly: true })).map(({ id }) => id)).toEqual([b, c]);
    expect(await learners.get([A, b])).toEqual([
      { id: A, profile: {}, segments: ['s'] },
      { id: b, profile: {}, segments: ['s'] },
    ]);
    expect(
      (await enrolments.read([a, B])).map((row) => 'individual' in row && [row.learnerId, row.individual]),
    ).toEqual([
      [a, ['c']],
      [B, ['c']],
    ]);
    const assigned = [{ courseId: 'c', linkId: 'l', segmentId: 's' }];
    const diff = { learnerId: C, assigned, released: [], enrolled: [], unenrolled: [], kept: [] };
    await transaction([C], (inside) => inside.enrolments.write([diff], CONTEXT));
    expect(written).toEqual([c]);
    expect(await enrolments.holders({ limit: 9, after: B })).toEqual([c]);
    expect(await enrolments.read([c])).toMatchObject([{ learnerId: c, assignments: assigned }]);
  });

  test('a segment is matched by its uuid, whatever the case in which it was saved', async () => {
    if (db.dialect === 'sqlite') return;
    const id = 'ABCDEF00-0000-4000-8000-00000000000A';
    await runAll(db, `${p}s_`, [
      `CREATE TABLE $people (id VARCHAR(40) PRIMARY KEY)`,
      `CREATE TABLE $courses (id VARCHAR(40), method VARCHAR(40))`,
      `CREATE TABLE $placed (learner VARCHAR(40), segment uuid)`,
      `INSERT INTO $people VALUES ('ada'), ('bob')`,
      `INSERT INTO $courses VALUES ('c', 'by-assignment-only')`,
      `INSERT INTO $placed VALUES ('ada', '${id}')`,
    ]);
    await migrate(db, { prefix: `${p}s_se_` });
    const host = sqlHost({
      ...{
        learners: { table: `${p}s_people`, id: 'id' },
        courses: { table: `${p}s_courses`, id: 'id', enrolmentMethod: 'method' },
      },
      placements: { table: `${p}s_placed`, learner: 'learner', segment: 'segment' },
    });
    const library = createSmartEnrolments(createSqlRepositories({ driver: db, host, prefix: `${p}s_se_` }));
    const { summary } = await library.apply([
      { type: 'saveSegment', segment: { id, title: 'By hand', rule: null } },
      ...linkCourses(id, ['c']),
    ]);
    expect(summary.enrolled).toBe(1);
  });
}
