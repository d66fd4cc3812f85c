import { expect, test } from 'vitest';
import { createSmartEnrolments, type Learner, linkCourses } from '../../../src/index.js';
import { createSqlRepositories, type HostTables, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { type Open, openBefore } from './opened.js';
import { runAll, tablesOf } from './tables.js';

/** Cases of `asStored` by where a host stores its values, and of the preview that uses it. */
export function describeAsStoredPlaces(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });

  test('asStored returns JSON, tables of values and placements as they are stored, and omits fields without a column', async () => {
    const { dialect } = db;
    const json = { postgres: 'jsonb', mysql: 'JSON', sqlite: 'TEXT' }[dialect];
    const segment = { postgres: 'uuid', mysql: 'CHAR(36)', sqlite: 'TEXT' }[dialect];
    const at = `${p}j_`;
    await runAll(db, at, [
      `CREATE TABLE $people (id VARCHAR(40) PRIMARY KEY, leftOn DATE, profile ${json} NOT NULL)`,
      `CREATE TABLE $facts (learner VARCHAR(40), name VARCHAR(40), value VARCHAR(8))`,
      `CREATE TABLE $placed (learner VARCHAR(40), segment ${segment})`,
    ]);
    const columns = { left: dialect === 'postgres' ? 'lefton' : 'LEFTON' };
    const values = { table: `${at}facts`, learner: 'learner', field: 'name', value: 'value' };
    const fields = (['grade', 'tags', 'isOn'] as const).map((id, n) => ({
      ...{ id, type: (['number', 'text', 'boolean'] as const)[n]! },
    }));
    const id = 'ABCDEF00-0000-4000-8000-00000000000A';
    const people: readonly Learner[] = [
      { id: 'a', profile: { left: '2026-03-01', grade: 1.5, tags: ['x', "O'Brien"], isOn: true, toString: '' } },
      { id: 'b', profile: { grade: '007', isOn: 1, other: ['1', '2'] }, segments: [id], active: false },
      { id: 'a', profile: {}, segments: [] },
    ];
    const base = { learners: { table: `${at}people`, id: 'id' }, courses: tablesOf(at).courses };
    const of = (learners: Partial<HostTables['learners']>, more: Partial<HostTables> = {}) =>
      sqlHost({ ...base, fields, ...more, learners: { ...base.learners, columns, ...learners } });

    const placements = { table: `${at}placed`, learner: 'learner', segment: 'segment' };
    const inJson = await of({ json: 'profile' }, { placements }).asStored!(db, people);
    expect(inJson).toEqual([
      people[0],
      {
        ...{ id: 'b', profile: { left: null, grade: '007', isOn: true, other: ['1', '2'] } },
        segments: dialect === 'postgres' ? [id.toLowerCase(), id] : [id],
      },
      { id: 'a', profile: { left: null } },
    ]);
    const inRows = await of({ values }).asStored!(db, people);
    expect(inRows).toEqual([
      people[0],
      { id: 'b', profile: { left: null, grade: 7, isOn: true, other: ['1', '2'] } },
      { id: 'a', profile: { left: null } },
    ]);
    const nowhere = await sqlHost(base).asStored!(db, people);
    expect(nowhere).toEqual(['a', 'b', 'a'].map((one) => ({ id: one, profile: {} })));

    await insertPerson(at, people[0]!);
    expect(await of({ json: 'profile' }, { placements }).learners(db, ['a'])).toEqual([inJson[0]]);
    expect(await of({ values }).learners(db, ['a'])).toEqual([
      { ...inRows[0], profile: { ...people[0]!.profile, toString: '', tags: expect.arrayContaining(['x']) } },
    ]);
  });

  async function insertPerson(at: string, { id, profile: { left, ...others } }: Learner): Promise<void> {
    const place = (n: number): string => (db.dialect === 'postgres' ? `$${n}` : '?');
    await db.query(`INSERT INTO ${at}people VALUES (${[1, 2, 3].map(place).join()})`, [
      ...[id, String(left), JSON.stringify(others)],
    ]);
    for (const [field, list] of Object.entries(others)) {
      for (const value of [list].flat()) {
        await db.query(`INSERT INTO ${at}facts VALUES (${[1, 2, 3].map(place).join()})`, [id, field, String(value)]);
      }
    }
  }

  test('a preview of learners reads ids and values as the host stores them', async () => {
    const { dialect } = db;
    const at = `${p}p_`;
    const instant = { postgres: 'timestamp', mysql: 'DATETIME', sqlite: 'DATETIME' }[dialect];
    await runAll(db, at, [
      `CREATE TABLE $people (id INTEGER PRIMARY KEY, since ${instant}, fulltime ${dialect === 'postgres' ? 'boolean' : 'SMALLINT'})`,
      `CREATE TABLE $courses (id VARCHAR(40), method VARCHAR(40))`,
      `INSERT INTO $people VALUES (7, '2026-03-01 10:00:00', ${dialect === 'postgres' ? 'true' : '1'})`,
      `INSERT INTO $courses VALUES ('fire', 'by-assignment-only')`,
      `CREATE TABLE $individual (learner INTEGER, course VARCHAR(40))`,
      `CREATE TABLE $training (learner INTEGER, course VARCHAR(40), status VARCHAR(40), archived INTEGER)`,
    ]);
    await migrate(db, { prefix: `${at}se_`, learnerIds: 'integer' });
    const host = sqlHost({
      ...tablesOf(at, { ids: 'integer', columns: { since: 'since', fulltime: 'fulltime' } }),
      fields: [
        { id: 'since', type: 'date' },
        { id: 'fulltime', type: 'boolean' },
      ],
    });
    const enrolments = createSmartEnrolments(createSqlRepositories({ driver: db, host, prefix: `${at}se_` }));
    const rule = {
      all: [
        { field: 'since', op: 'gte', value: '2026-01-01' },
        { field: 'fulltime', op: 'equals', value: true },
      ],
    } as const;
    const applied = await enrolments.apply([
      { type: 'saveSegment', segment: { id: 's', title: 'S', rule } },
      ...linkCourses('s', ['fire']),
    ]);
    expect(applied.summary.enrolled).toBe(1);
    const preview = (profile: Learner['profile']) => enrolments.previewLearners({ learners: [{ id: '007', profile }] });
    const same = await preview({ since: '2026-03-01T10:00:00', fulltime: 1 });
    expect(same.summary).toMatchObject({ enrolled: 0, unenrolled: 0, blocked: [] });
    const left = await preview({ since: '2025-03-01T10:00:00', fulltime: 1 });
    expect(left.summary).toMatchObject({ enrolled: 0, unenrolled: 1, blocked: [] });
    if (dialect === 'sqlite') return;
    const refused = await preview({ since: 'soon', fulltime: 1 });
    expect(refused.summary.blocked).toMatchObject([
      {
        kind: 'invalid-learner',
        learnerId: '7',
        reason: 'The database does not accept the value of the field "since".',
      },
    ]);
  });

  test('asStored writes booleans in the form of their column, and an active column that is also a field follows that field', async () => {
    const at = `${p}b_`;
    const types = {
      postgres: ['boolean', 'smallint', 'text', 'char(1)', 'varchar(1)', 'numeric(3,0)', 'jsonb'],
      mysql: ['BOOLEAN', 'BIT(1)', 'VARCHAR(5)', 'CHAR(1)', 'DECIMAL(3,0)'],
      sqlite: ['BOOLEAN', 'TEXT', 'REAL', 'BLOB'],
    }[db.dialect];
    const columns = Object.fromEntries(types.map((_, n) => [`f${n}`, `f${n}`]));
    const definitions = types.map((type, n) => `f${n} ${type}`).join(', ');
    await runAll(db, at, [`CREATE TABLE $people (id VARCHAR(8) PRIMARY KEY, ${definitions})`]);
    const fields = Object.keys(columns).map((id) => ({ id, type: 'boolean' as const }));
    const host = sqlHost({ ...tablesOf(at, { columns, active: 'f0' }), fields });
    const all = (value: boolean) => Object.fromEntries(fields.map(({ id }) => [id, value]));
    const none = Object.fromEntries(fields.map(({ id }) => [id, null]));
    const people: readonly Learner[] = [
      { id: 'on', profile: all(true) },
      { id: 'off', profile: all(false) },
      { id: 'given', profile: all(true), active: false },
      { id: 'none', profile: {} },
    ];
    expect(await host.asStored!(db, people)).toEqual([
      people[0],
      { ...people[1], active: false },
      people[2],
      { id: 'none', profile: none },
    ]);
  });

  test('a strict table and an INTEGER PRIMARY KEY of SQLite reject values of another type', async () => {
    if (db.dialect !== 'sqlite') return;
    const at = `${p}s_`;
    await runAll(db, at, [
      `CREATE TABLE $strict (id TEXT PRIMARY KEY, grade INTEGER, any ANY) STRICT`,
      `CREATE TABLE $keyed (id INTEGER PRIMARY KEY)`,
    ]);
    const over = (table: string, columns = {}) => {
      const { learners, courses } = tablesOf(at, { columns });
      return sqlHost({ learners: { ...learners, table: at + table }, courses });
    };
    const strict = over('strict', { grade: 'grade', any: 'any' });
    const people = ['7', 7, 'seven'].map((grade, n) => ({ id: `u${n}`, profile: { grade, any: '007' } }));
    expect(await strict.asStored!(db, people)).toEqual([
      { id: 'u0', profile: { grade: 7, any: '007' } },
      people[1],
      { id: 'u2', unreadable: 'The database does not accept the value of the field "grade".' },
    ]);
    const keyed = ['007', 'seven'].map((id) => ({ id, profile: {} }));
    expect(await over('keyed').asStored!(db, keyed)).toEqual([
      { id: '7', profile: {} },
      { id: 'seven', unreadable: 'The database does not accept the id.' },
    ]);
  });
}
