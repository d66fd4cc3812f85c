import { beforeAll, expect, test } from 'vitest';
import type { LearnerDiff } from '../../../src/index.js';
import { createSqlRepositories, MAX_RESULT_BYTES, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { rowsTable } from '../../../src/sql/statement/dialect.js';
import { type Fragment, raw, run, sql } from '../../../src/sql/statement/fragment.js';
import { expecting } from '../../../src/testkit/fixtures.js';
import { readable } from '../../../src/testkit/readable.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import { measured } from './measured.js';
import { type Open, openBefore } from './opened.js';
import { KEY, runAll, TEXT, tablesOf } from './tables.js';

/** The size of one INSERT in bytes: MySQL's packets have 16 MB by default. */
const MOST_WRITTEN = 8_000_000;

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `u${String(i).padStart(6, '0')}`);

/** Cases of results and parameters that would grow with the number of rows. */
export function describeBounds(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });
  beforeAll(async () => {
    const { dialect } = db;
    await runAll(db, p, [
      `CREATE TABLE $people (id ${KEY[dialect]} PRIMARY KEY, profile ${TEXT[dialect]})`,
      `CREATE TABLE $placed (learner ${KEY[dialect]}, segment ${KEY[dialect]})`,
      `CREATE TABLE $courses (id ${KEY[dialect]} PRIMARY KEY, title ${TEXT[dialect]}, method ${TEXT[dialect]})`,
      `CREATE TABLE $individual (learner ${KEY[dialect]}, course ${KEY[dialect]})`,
      `CREATE INDEX $individual_learner ON $individual (learner)`,
      `CREATE TABLE $training (learner ${KEY[dialect]}, course ${KEY[dialect]}, status ${TEXT[dialect]}, archived ${TEXT[dialect]})`,
    ]);
    await migrate(db, { prefix: `${p}se_` });
  });

  const insert = (
    table: string,
    columns: readonly string[],
    rows: readonly Readonly<Record<string, string>>[],
    select?: Fragment,
  ) =>
    run(
      db,
      sql`INSERT INTO ${raw(p + table)} (${raw(columns.join(', '))}) SELECT ${select ?? raw(columns.join(', '))}
        FROM ${rowsTable(db.dialect, Object.fromEntries(columns.map((name) => [name, 'text'])), rows)} WHERE TRUE`,
    );
  const repositoriesOver = (driver: SqlDriver) =>
    createSqlRepositories({ driver, host: sqlHost(tablesOf(p, { json: 'profile' })), prefix: `${p}se_` });

  test('150 profiles of 200 kB are read in several results', async () => {
    const ids = numbered(150);
    for (const id of ids) {
      const rows = [{ id, n: '1' }];
      const profile = {
        postgres: `'{"x":"' || repeat('x', 200000) || '"}'`,
        sqlite: `'{"x":"' || printf('%.*c', 200000, 'x') || '"}'`,
        mysql: `CONCAT('{"x":"', REPEAT('x', 200000), '"}')`,
      };
      await run(
        db,
        sql`INSERT INTO ${raw(`${p}people`)} (id, profile) SELECT id, ${raw(profile[db.dialect])} FROM ${rowsTable(db.dialect, { id: 'text', n: 'text' }, rows)} WHERE TRUE`,
      );
    }
    const over = measured(db);
    const { learners } = repositoriesOver(over.db);
    const found = readable(await learners.get(ids));
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(found.every((one) => 'profile' in one && String((one.profile as { x: string }).x).length === 200_000)).toBe(
      true,
    );
    const walked: string[] = [];
    for (let after: string | undefined; ; after = walked.at(-1)) {
      const page = await learners.page({ limit: 1_000, ...(after !== undefined && { after }) });
      if (page.length === 0) break;
      for (const { id } of page) walked.push(id);
    }
    expect(walked).toEqual(ids);
    expect(over.largest.result).toBeGreaterThan(1_000_000);
    expect(over.largest.result).toBeLessThanOrEqual(MAX_RESULT_BYTES);
    await db.query(`DELETE FROM ${p}people`);
  });

  test('100,000 placements of one learner make them unreadable', async () => {
    await run(db, sql`INSERT INTO ${raw(`${p}people`)} (id, profile) VALUES ('a', '{}'), ('b', '{}')`);
    await run(db, sql`INSERT INTO ${raw(`${p}placed`)} (learner, segment) VALUES ('b', 's')`);
    for (let from = 0; from < 100_000; from += 20_000) {
      const rows = Array.from({ length: 20_000 }, (_, i) => ({ learner: 'a', segment: `segment ${from + i}` }));
      await insert('placed', ['learner', 'segment'], rows);
    }
    const over = measured(db);
    const placements = { table: `${p}placed`, learner: 'learner', segment: 'segment' };
    const host = sqlHost({ ...tablesOf(p, { json: 'profile' }), placements });
    expect(await host.learners(over.db, ['a', 'b'])).toEqual([
      { id: 'a', unreadable: 'The profile is larger than 256 kB.' },
      { id: 'b', profile: {}, segments: ['s'] },
    ]);
    expect(over.largest.result).toBeLessThan(10_000);
    await db.query(`DELETE FROM ${p}placed`);
    await db.query(`DELETE FROM ${p}people`);
  });

  test('120,000 individual enrolments of three learners are read in several results, and more than 50,000 of one make them unreadable', async () => {
    const counts = { a: 40_000, b: 30_000, c: 60_000 };
    for (const [learner, count] of Object.entries(counts)) {
      for (let from = 0; from < count; from += 20_000) {
        const rows = Array.from({ length: Math.min(20_000, count - from) }, (_, i) => ({
          learner,
          course: `course ${from + i}`,
        }));
        await insert('individual', ['learner', 'course'], rows);
      }
    }
    await insert('individual', ['learner', 'course'], [{ learner: 'd', course: 'x'.repeat(90) }]);
    const over = measured(db);
    const { enrolments } = repositoriesOver(over.db);
    const found = await enrolments.read(['a', 'b', 'c', 'd']);
    const seen = found.map((row) => ('unreadable' in row ? row.unreadable : row.individual.length));
    expect(seen).toEqual([
      40_000,
      30_000,
      expect.stringMatching(
        /^The learner has too many rows in \w*individual, or one of them has a course id that is too long\.$/u,
      ),
      1,
    ]);
    expect(over.largest.result).toBeLessThanOrEqual(MAX_RESULT_BYTES);
    await db.query(`DELETE FROM ${p}individual`);
  });

  test('long lists of assignments are read and written in several statements, also when holders are searched', async () => {
    const over = measured(db);
    const { enrolments, transaction } = repositoriesOver(over.db);
    const pairs = numbered(10_000).map((id) => ({ courseId: id, linkId: id, segmentId: 's' }));
    const ids = numbered(350);
    const assigning = (learnerId: string, assigned: LearnerDiff['assigned']): LearnerDiff => ({
      ...{ learnerId, assigned, released: [], enrolled: [], unenrolled: [], kept: [] },
    });
    const [first, ...others] = ids;
    await transaction([first!], (inside) => inside.enrolments.write([assigning(first!, pairs)], CONTEXT));
    const rows = others.map((id) => ({ id, n: '' }));
    const key = db.dialect === 'mysql' ? raw('CAST(id AS BINARY)') : raw('id');
    await run(
      db,
      sql`INSERT INTO ${raw(`${p}se_learners`)} (tenant, learner_id, held) SELECT tenant, ${key}, held
        FROM ${raw(`${p}se_learners`)} AS copied, ${rowsTable(db.dialect, { id: 'text', n: 'text' }, rows)} WHERE TRUE`,
    );
    const last = { courseId: 'v', linkId: 'v', segmentId: 's' };
    await transaction(ids, (inside) =>
      inside.enrolments.write(
        ids.map((id) => assigning(id, [last])),
        CONTEXT,
      ),
    );
    const read = readable(await repositoriesOver(over.db).enrolments.read(ids));
    expect(read.map((row) => 'assignments' in row && row.assignments.length)).toEqual(ids.map(() => 10_001));
    const some = [...pairs.slice(-100), last].map(({ linkId }) => linkId);
    expect(await enrolments.holders({ links: some, limit: 1_000 })).toEqual(ids);
    expect(over.largest.result).toBeGreaterThan(1_000_000);
    expect(over.largest.result).toBeLessThanOrEqual(MAX_RESULT_BYTES);
    expect(over.largest.parameters).toBeLessThanOrEqual(MOST_WRITTEN);
  });

  test('a catalog of 18 MB of rules and 60,000 links is read and written in several statements', async () => {
    const over = measured(db);
    const { catalog } = repositoriesOver(over.db);
    const values = Array.from({ length: 100 }, (_, i) => `${i}${'v'.repeat(1_000)}`);
    const rule = { field: 'site', op: 'in', values } as const;
    const saveSegments = Array.from({ length: 180 }, (_, i) => ({ id: `s${i}`, title: `S ${i}`, rule }));
    const saveLinks = Array.from({ length: 60_000 }, (_, i) => ({
      id: `k${i}`,
      segmentId: `s${i % 180}`,
      courseId: `c${i}`,
    }));
    const { revision } = await catalog.load();
    const change = { saveSegments, deleteSegments: [], saveLinks, deleteLinks: [] };
    await catalog.commit(change as never, expecting(revision));
    const found = await repositoriesOver(over.db).catalog.load();
    expect([found.segments.length, found.links.length]).toEqual([180, 60_000]);
    expect(new Set(found.links.map(({ id }) => id)).size).toBe(60_000);
    expect(over.largest.result).toBeGreaterThan(1_000_000);
    expect(over.largest.result).toBeLessThanOrEqual(MAX_RESULT_BYTES);
    expect(over.largest.parameters).toBeLessThanOrEqual(MOST_WRITTEN);
  });

  test('20,000 courses with titles of 1,000 characters are read in several results, each course once', async () => {
    for (let from = 0; from < 20_000; from += 2_000) {
      const rows = Array.from({ length: 2_000 }, (_, i) => ({
        id: `c${from + i}`,
        title: 't'.repeat(1_000),
        method: 'open',
      }));
      await insert('courses', ['id', 'title', 'method'], rows);
    }
    const over = measured(db);
    const tables = tablesOf(p);
    const host = sqlHost({ ...tables, courses: { ...tables.courses, title: 'title' } });
    const courses = await host.courses(over.db);
    expect(new Set(courses.map(({ id }) => id)).size).toBe(20_000);
    expect(courses.length).toBe(20_000);
    expect(over.largest.result).toBeGreaterThan(1_000_000);
    expect(over.largest.result).toBeLessThanOrEqual(MAX_RESULT_BYTES);
    if (db.dialect === 'postgres') expect(await host.courses(over.db)).toBe(courses);
  });
}
