import { expect, test } from 'vitest';
import { createSmartEnrolments, field, type Learner, linkCourses, type Rule, saveSegment } from '../../../src/index.js';
import { createSqlRepositories, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { type Open, openBefore } from './opened.js';
import { runAll, TEXT, tablesOf } from './tables.js';

/** Cases of what a host describes besides plain columns. */
export function describeMapped(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });

  const fields = [
    { id: 'skills', type: 'text' },
    { id: 'grades', type: 'number' },
    { id: 'flags', type: 'boolean' },
  ] as const;
  const columns = {
    skills: { column: 'skills', separator: ';' },
    grades: { column: 'grades', separator: ', ' },
    flags: { column: 'flags', separator: '|' },
  };

  test('a list in a text is split at its separator, and asStored returns what a text written from a list is read as', async () => {
    const at = `${p}list_`;
    const text = TEXT[db.dialect];
    await runAll(db, at, [
      `CREATE TABLE $people (id VARCHAR(8) PRIMARY KEY, skills ${text}, grades ${text}, flags ${text})`,
      `INSERT INTO $people VALUES ('a', ' first aid;; Welding ;', '1, 2.5, 3', 'yes|0'), ('b', NULL, '', ' '),
        ('c', 'one', '7, x', 'maybe'), ('d', ';', '8', 't')`,
    ]);
    const host = sqlHost({ ...tablesOf(at, { columns }), fields });
    const read: Learner[] = [
      { id: 'a', profile: { skills: ['first aid', 'Welding'], grades: [1, 2.5, 3], flags: [true, false] } },
      { id: 'b', profile: { skills: null, grades: [], flags: [] } },
      // What cannot be converted is kept, and blocks its learner.
      { id: 'c', profile: { skills: ['one'], grades: [7, 'x'], flags: ['maybe'] } },
      { id: 'd', profile: { skills: [], grades: [8], flags: [true] } },
    ];
    expect(await host.page(db, { limit: 9 })).toEqual(read);
    expect(await host.asStored!(db, read)).toEqual(read);
    const written: readonly Learner[] = [
      { id: 'a', profile: { skills: ['a;b', ' c ', null as never], grades: 4, flags: [] } },
      { id: 'b', profile: { skills: 'x; y', grades: [0.1, -2], flags: true } },
    ];
    expect(await host.asStored!(db, written)).toEqual([
      { id: 'a', profile: { skills: ['a', 'b', 'c'], grades: [4], flags: [] } },
      { id: 'b', profile: { skills: ['x', 'y'], grades: [0.1, -2], flags: [true] } },
    ]);
  });

  test('on SQLite a number in a column of lists is one value, and rules on it lose no learner', async () => {
    if (db.dialect !== 'sqlite') return;
    const at = `${p}numbers_`;
    await runAll(db, at, [
      `CREATE TABLE $people (id TEXT PRIMARY KEY, grades NUMERIC)`,
      `INSERT INTO $people VALUES ('a', 1), ('b', '1;2'), ('c', '2;3'), ('d', NULL)`,
    ]);
    const column = { column: 'grades', separator: ';' };
    const host = sqlHost({
      ...tablesOf(at, { columns: { grades: column } }),
      fields: [{ id: 'grades', type: 'number' }],
    });
    const found = async (rule: Rule) =>
      (await host.page(db, { limit: 9, idsOnly: true, matching: { rule, placedIn: [] } })).map(({ id }) => id);
    expect(await found(field('grades').equals(1))).toEqual(['a', 'b']);
    expect(await found(field('grades').gte(3))).toEqual(['c']);
    expect(await found(field('grades').blank())).toEqual(['d']);
  });

  test('a constant enrolment method is the method of every course', async () => {
    const at = `${p}method_`;
    await runAll(db, at, [
      `CREATE TABLE $people (id VARCHAR(8) PRIMARY KEY)`,
      `CREATE TABLE $courses (id INTEGER PRIMARY KEY, title VARCHAR(20))`,
      `INSERT INTO $people VALUES ('a')`,
      `INSERT INTO $courses VALUES (1, 'Fire safety'), (2, NULL)`,
    ]);
    await migrate(db, { prefix: `${at}se_` });
    const hostOf = (constant: string) =>
      sqlHost({
        learners: tablesOf(at).learners,
        courses: { table: `${at}courses`, id: 'id', title: 'title', enrolmentMethod: { constant } },
      });
    expect(await hostOf('by-assignment-only').courses(db)).toEqual([
      { id: '1', title: 'Fire safety', enrolmentMethod: 'by-assignment-only' },
      { id: '2', enrolmentMethod: 'by-assignment-only' },
    ]);
    const over = (constant: string) =>
      createSmartEnrolments(createSqlRepositories({ driver: db, host: hostOf(constant), prefix: `${at}se_` }));
    const edits = [saveSegment({ id: 's', title: 'All', rule: { everyone: true } }), ...linkCourses('s', ['1'])];
    await expect(over('open').apply(edits)).rejects.toThrow('Cannot link course');
    expect((await over('by-assignment-only').apply(edits)).summary.enrolled).toBe(1);
  });
}
