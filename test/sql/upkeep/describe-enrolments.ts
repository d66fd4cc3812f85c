import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createSmartEnrolments,
  everyone,
  field,
  type LearnerDiff,
  linkCourses,
  saveSegment,
} from '../../../src/index.js';
import {
  createSqlRepositories,
  type EnrolmentsTable,
  migrate,
  type SqlDriver,
  sqlHost,
} from '../../../src/sql/index.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import { counted, type Sent } from '../counted.js';
import { runAll } from '../reading/tables.js';
import { type Change, diffOf, type Ids, idsOf, insertRow, type Open, peopleAndCourses, rowsIn } from './kept.js';

const SOURCE = { source: 'smart' };
const STATUS = { column: 'status', active: 'on', ended: 'off' };

/** What a table of enrolments shows of each pair, by what happens to it. */
const SHAPES: readonly {
  readonly name: string;
  readonly table: Pick<EnrolmentsTable, 'set' | 'status'>;
  readonly started: string;
  /** After the enrolment has ended; undefined if its row is deleted. */
  readonly ended?: string;
}[] = [
  { name: 'rows deleted on end', table: {}, started: 'NULL NULL' },
  { name: 'a column that tells rows apart', table: { set: SOURCE }, started: 'smart NULL' },
  { name: 'a status', table: { status: STATUS }, started: 'NULL on', ended: 'NULL off' },
  { name: 'both', table: { set: SOURCE, status: STATUS }, started: 'smart on', ended: 'smart off' },
];

/** Cases of the host's table of enrolments, which the library keeps. `hasIcu` is false for a Postgres without ICU collations. */
export function describeEnrolments(open: Open, hasIcu = true): void {
  let db: SqlDriver;
  let p: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    ({ db, prefix: p } = opened);
    close = () => opened.close();
  });
  afterAll(() => close());

  async function makeTables(at: string, { learner, course, learners, courses, stored }: Ids, key = ''): Promise<void> {
    await runAll(db, at, [
      `CREATE TABLE $people (id ${learner} PRIMARY KEY)`,
      `CREATE TABLE $courses (id ${course} PRIMARY KEY)`,
      `CREATE TABLE $rows (person ${learner}, course ${course}, source VARCHAR(20), status VARCHAR(20)${key && `, ${key}`})`,
    ]);
    for (const id of stored ?? learners) await insertRow(db, `${at}people`, { id });
    for (const id of courses) await insertRow(db, `${at}courses`, { id });
  }
  const hostOf = (at: string, { ids }: Pick<Ids, 'ids'>, table: Partial<EnrolmentsTable> = {}) =>
    sqlHost({
      ...peopleAndCourses(at, ids),
      enrolments: { table: `${at}rows`, learner: 'person', course: 'course', ...table },
    });

  describe.each(SHAPES)('with $name', ({ name, table, started, ended }) => {
    test('rows follow the links that hold a course, for ids of every kind, and a diff that is written twice changes nothing', async () => {
      for (const [i, ids] of idsOf(db.dialect).entries()) {
        const at = `${p}k${SHAPES.findIndex((one) => one.name === name)}${i}_`;
        await makeTables(at, ids);
        const host = hostOf(at, ids, table);
        const [a, b] = ids.learners;
        const [one, two] = ids.courses;
        const [storedA, storedB] = ids.stored ?? ids.learners;
        const write = async (...changes: readonly (readonly [learner: string, change: Change])[]) => {
          const diffs = changes.map(([learner, change]) => diffOf(learner, change));
          for (let time = 1; time <= 2; time++) await db.transaction((tx) => host.keepTables!(diffs, tx, CONTEXT));
          return rowsIn(db, `${at}rows`, 'person course source status');
        };
        const rows = (...found: readonly (string | undefined)[]) => found.filter((row) => row !== undefined).sort();
        const row = (learner: string, course: string, end: string | undefined) =>
          end === undefined ? undefined : `${learner} ${course} ${end}`;
        expect(await write([a, { assigned: [one, two] }], [b, { assigned: [one] }]), ids.name).toEqual(
          rows(row(storedA, one, started), row(storedA, two, started), row(storedB, one, started)),
        );
        // A second link, and the end of one of two.
        const by = { by: ['other'], individual: false };
        expect(
          await write([a, { assigned: [one] }], [b, { released: [one], kept: [{ courseId: one, ...by }] }]),
        ).toHaveLength(3);
        // The end of the last link beside an individual enrolment, and of another.
        const kept = [{ courseId: two, by: [], individual: true }];
        expect(
          await write(
            [a, { released: [two], kept }],
            [b, { released: [one], unenrolled: [{ courseId: one, training: 'keep' }] }],
          ),
        ).toEqual(rows(row(storedA, one, started), row(storedA, two, ended), row(storedB, one, ended)));
        expect(await write([b, { assigned: [one], released: [two] }])).toEqual(
          rows(row(storedA, one, started), row(storedA, two, ended), row(storedB, one, started)),
        );
      }
    });
  });

  const TEXT_IDS: Ids = {
    ...{ name: 'text', ids: 'text', learner: 'VARCHAR(40)', course: 'VARCHAR(40)' },
    ...{ learners: ['a', 'b'], courses: ['c', 'd'] },
  };
  const smartOver = (at: string, table: Partial<EnrolmentsTable>) => {
    const people = peopleAndCourses(at);
    const host = sqlHost({
      ...{ courses: people.courses, learners: { ...people.learners, columns: { name: 'id' } } },
      enrolments: { table: `${at}rows`, learner: 'person', course: 'course', ...table },
      individual: { table: `${at}rows`, learner: 'person', course: 'course' },
    });
    return { host, smart: createSmartEnrolments(createSqlRepositories({ driver: db, host, prefix: `${at}se_` })) };
  };

  test.each([
    ['deleted rows', 'del', undefined],
    ['a status', 'sta', STATUS],
  ])(
    "in one table with individual enrolments, the library's rows hold nobody and the host's are never changed, with %s",
    async (_, name, status) => {
      const at = `${p}${name}_`;
      await makeTables(at, TEXT_IDS);
      await migrate(db, { prefix: `${at}se_` });
      await runAll(db, at, [
        `INSERT INTO $rows VALUES ('a', 'c', 'hand', 'on'), ('a', 'd', NULL, NULL)`,
        // A row of older code, which the library reads as its own.
        `INSERT INTO $rows VALUES ('b', 'd', 'smart', 'on')`,
      ]);
      const { host, smart } = smartOver(at, { set: SOURCE, ...(status && { status }) });
      const individual = [
        { learnerId: 'a', courseId: 'c' },
        { learnerId: 'a', courseId: 'd' },
      ];
      const hosts = ['a c hand on', 'a d NULL NULL', 'b d smart on'];
      const on = status ? 'on' : 'NULL';
      const readIndividual = async () =>
        (await host.individual(db, ['a', 'b'])).toSorted((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
      const links = linkCourses('all', ['c']);
      const applied = await smart.apply([saveSegment({ id: 'all', title: 'All', rule: everyone }), ...links]);
      expect(applied.summary).toMatchObject({ assigned: 2, enrolled: 1 });
      expect(await rowsIn(db, `${at}rows`, 'person course source status')).toEqual(
        [...hosts, `a c smart ${on}`, `b c smart ${on}`].sort(),
      );
      expect(await readIndividual()).toEqual(individual);
      expect((await smart.reconcile()).summary.learners).toBe(0);
      const edited = await smart.apply([saveSegment({ id: 'all', rule: field('name').equals('z') })]);
      expect(edited.summary).toMatchObject({ released: 2, unenrolled: 1 });
      const off = status ? [`a c smart off`, `b c smart off`] : [];
      expect(await rowsIn(db, `${at}rows`, 'person course source status')).toEqual([...hosts, ...off].sort());
      expect(await readIndividual()).toEqual(individual);
    },
  );

  test('where a unique key admits one row for a learner and course, the row of the host is left, and the library writes none', async () => {
    const at = `${p}uni_`;
    await makeTables(at, TEXT_IDS, 'UNIQUE (person, course)');
    const schema = { postgres: 'current_schema()', mysql: 'DATABASE()', sqlite: `'main'` }[db.dialect];
    const [found] = await db.query<{ j: string }>(`SELECT ${schema} AS j`);
    const host = hostOf(at, TEXT_IDS, { table: `${found!.j}.${at}rows`, set: SOURCE, status: STATUS });
    await insertRow(db, `${at}rows`, { person: 'a', course: 'c', source: 'hand' });
    const write = (change: Change) =>
      db.transaction((tx) => host.keepTables!([diffOf('a', change), diffOf('b', change)], tx, CONTEXT));
    await write({ assigned: ['c', 'd'] });
    expect(await rowsIn(db, `${at}rows`, 'person course source status')).toEqual([
      ...['a c hand NULL', 'a d smart on', 'b c smart on', 'b d smart on'],
    ]);
    await write({ released: ['c'] });
    expect(await rowsIn(db, `${at}rows`, 'person course source status')).toEqual([
      ...['a c hand NULL', 'a d smart on', 'b c smart off', 'b d smart on'],
    ]);
    // After the host has removed its row, the next change of the enrolment writes the library's.
    await runAll(db, at, [`DELETE FROM $rows WHERE source = 'hand'`]);
    await write({ released: ['c'], kept: [{ courseId: 'c', by: ['other'], individual: false }] });
    expect(await rowsIn(db, `${at}rows`, 'person course source status')).toEqual([
      ...['a c smart on', 'a d smart on', 'b c smart on', 'b d smart on'],
    ]);
  });

  test('rows are those of one tenant, and constants have the types of their columns', async () => {
    const at = `${p}ten_`;
    const truth = db.dialect === 'postgres' ? 'boolean' : 'INTEGER';
    await runAll(db, at, [
      `CREATE TABLE $people (id INTEGER PRIMARY KEY)`,
      `CREATE TABLE $courses (id INTEGER PRIMARY KEY)`,
      `CREATE TABLE $rows (person INTEGER, course INTEGER, org INTEGER, smart ${truth}, grade NUMERIC(5, 2), note CHAR(9), since DATE, state SMALLINT)`,
    ]);
    const hostOfTenant = (tenant: number) =>
      sqlHost({
        ...{ ...peopleAndCourses(at, 'integer'), tenant },
        enrolments: {
          ...{ table: `${at}rows`, learner: 'person', course: 'course', tenant: 'org' },
          set: { smart: true, grade: 1.5, note: 'ours', since: '2026-01-01' },
          status: { column: 'state', active: 1, ended: 0 },
        },
      });
    const write = (tenant: number, change: Change) =>
      db.transaction((tx) => hostOfTenant(tenant).keepTables!([diffOf('1', change)], tx, CONTEXT));
    for (const tenant of [1, 1, 2]) await write(tenant, { assigned: ['10'] });
    expect(await rowsIn(db, `${at}rows`, 'person course org state')).toEqual(['1 10 1 1', '1 10 2 1']);
    await write(2, { released: ['10'] });
    expect(await rowsIn(db, `${at}rows`, 'person course org state')).toEqual(['1 10 1 1', '1 10 2 0']);
    await write(1, { assigned: ['10', '11'] });
    expect(await rowsIn(db, `${at}rows`, 'person course org state')).toHaveLength(3);
  });

  // PGlite has no collation that treats two texts as equal.
  test.runIf(hasIcu)(
    'rows are those of the learner and course that the database considers equal, and of no other',
    async () => {
      const at = `${p}loose_`;
      const { dialect } = db;
      const [loose, strict] = {
        postgres: [`varchar(40) COLLATE "${at}ci"`, 'varchar(40)'],
        mysql: ['VARCHAR(40) COLLATE utf8mb4_general_ci', 'VARCHAR(40) COLLATE utf8mb4_bin'],
        sqlite: ['TEXT COLLATE NOCASE', 'TEXT'],
      }[dialect] as [string, string];
      const collation = `COLLATION "${at}ci"`;
      if (dialect === 'postgres')
        await db.query(`CREATE ${collation} (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`);
      const keep = async (name: string, people: string, rows: readonly string[], changes: readonly LearnerDiff[]) => {
        const its = `${at}${name}_`;
        const ids = rows.map((row) => row.split(' ') as [string, string]);
        await runAll(db, its, [
          `CREATE TABLE $people (id ${people} PRIMARY KEY)`,
          `CREATE TABLE $courses (id ${people} PRIMARY KEY)`,
          `CREATE TABLE $rows (person ${loose}, course ${loose})`,
        ]);
        const unique = people === loose ? ['ada'] : ['ada', 'Ada'];
        for (const id of unique) await insertRow(db, `${its}people`, { id });
        for (const id of unique) await insertRow(db, `${its}courses`, { id });
        for (const [person, course] of ids) await insertRow(db, `${its}rows`, { person, course });
        await db.transaction((tx) => hostOf(its, TEXT_IDS).keepTables!(changes, tx, CONTEXT));
        const found = await rowsIn(db, `${its}rows`, 'person course');
        for (const table of ['rows', 'people', 'courses']) await db.query(`DROP TABLE ${its}${table}`);
        return found;
      };
      const assigned = diffOf('ada', { assigned: ['ada'] });
      const released = diffOf('ada', { released: ['ada'] });
      expect(await keep('a', loose, ['ADA Ada'], [assigned])).toEqual(['ADA Ada']);
      expect(await keep('b', loose, ['ADA Ada', 'bob ada'], [released])).toEqual(['bob ada']);
      if (dialect === 'postgres') {
        await db.query(`DROP ${collation}`);
        return;
      }
      const four = ['Ada Ada', 'Ada ada', 'ada Ada', 'ada ada'];
      const both = [assigned, diffOf('Ada', { assigned: ['Ada'] })];
      expect(await keep('c', strict, four.slice(1, 3), both)).toEqual(four);
      expect(await keep('d', strict, four, [released])).toEqual(four.slice(0, 3));
    },
  );

  test('a batch is one statement for each kind of change, and more only for more pairs than a statement may have', async () => {
    const at = `${p}many_`;
    await makeTables(at, TEXT_IDS, 'UNIQUE (person, course, source)');
    const host = hostOf(at, TEXT_IDS, { set: SOURCE });
    const written = async (count: number, change: Change) => {
      const sent: Sent = { count: 0, texts: [] };
      const diffs = Array.from({ length: count }, (_, i) => diffOf(`u${i}`, change));
      await db.transaction((tx) => host.keepTables!(diffs, counted(tx, sent), CONTEXT));
      return sent.texts.flatMap((text) => /^(?:INSERT|UPDATE|DELETE)/u.exec(text) ?? []);
    };
    expect(await written(500, { assigned: ['c', 'd'] })).toEqual(['INSERT']);
    expect(await rowsIn(db, `${at}rows`, 'person')).toHaveLength(1_000);
    expect(await written(500, { assigned: ['d'], released: ['c'] })).toEqual(['INSERT', 'DELETE']);
    expect(await written(2_100, { assigned: ['c', 'd'] })).toEqual(['INSERT', 'INSERT']);
    expect(await rowsIn(db, `${at}rows`, 'person')).toHaveLength(4_200);
    expect(await written(2_100, { released: ['c', 'd'] })).toEqual(['DELETE', 'DELETE']);
    expect(await rowsIn(db, `${at}rows`, 'person')).toEqual([]);
    expect(await written(9, {})).toEqual([]);
  });

  test('a column that the table does not have is named before anything is read or written, until the host adds it', async () => {
    const at = `${p}miss_`;
    await makeTables(at, TEXT_IDS);
    const misspelt = hostOf(at, TEXT_IDS, { set: { sorce: 'smart' } });
    const message = `The table ${at}rows has no column "sorce". Correct the name in sqlHost, at enrolments.set.`;
    await expect(misspelt.page(db, { limit: 9 })).rejects.toThrow(message);
    await expect(misspelt.keepTables!([diffOf('a', { assigned: ['c'] })], db, CONTEXT)).rejects.toThrow(message);
    await expect(
      hostOf(at, TEXT_IDS, { status: { ...STATUS, column: 'state' } }).page(db, { limit: 9 }),
    ).rejects.toThrow('no column "state". Correct the name in sqlHost, at enrolments.status.column.');
    await runAll(db, at, [`ALTER TABLE $rows ADD COLUMN sorce VARCHAR(20)`]);
    await misspelt.keepTables!([diffOf('a', { assigned: ['c'] })], db, CONTEXT);
    expect(await rowsIn(db, `${at}rows`, 'person course sorce')).toEqual(['a c smart']);
  });
}
