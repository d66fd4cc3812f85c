import { describe, expect, test } from 'vitest';
import { createSmartEnrolments, everyone, field, linkCourses, saveSegment } from '../../../src/index.js';
import {
  createSqlRepositories,
  type EnrolmentsTable,
  migrate,
  type SqlDriver,
  sqlHost,
} from '../../../src/sql/index.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import { counted, type Sent } from '../counted.js';
import { type Open, openBefore } from '../reading/opened.js';
import { runAll } from '../reading/tables.js';
import { hostOf, keptRows, makeTables, SOURCE, STATUS, TEXT_IDS } from './enrolments-table.js';
import { type Change, diffOf, idsOf, peopleAndCourses, rowsIn, type Written, write } from './kept.js';

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

/** Cases of the host's table of enrolments, which the library keeps. */
export function describeEnrolments(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });

  describe.each(SHAPES)('with $name', ({ name, table, started, ended }) => {
    test('rows follow the links that hold a course, for ids of every kind, and a diff that is written twice changes nothing', async () => {
      for (const [i, ids] of idsOf(db.dialect).entries()) {
        const at = `${p}k${SHAPES.findIndex((one) => one.name === name)}${i}_`;
        await makeTables(db, at, ids);
        const host = hostOf(at, table, ids.ids);
        const [a, b] = ids.learners;
        const [one, two] = ids.courses;
        const [storedA, storedB] = ids.stored ?? ids.learners;
        const writeTwice = async (...changes: readonly Written[]) => {
          for (let time = 1; time <= 2; time++) await write(db, host, ...changes);
          return keptRows(db, at);
        };
        const rows = (...found: readonly (string | undefined)[]) => found.filter((row) => row !== undefined).sort();
        const row = (learner: string, course: string, end: string | undefined) =>
          end === undefined ? undefined : `${learner} ${course} ${end}`;
        expect(await writeTwice([a, { assigned: [one, two] }], [b, { assigned: [one] }]), ids.name).toEqual(
          rows(row(storedA, one, started), row(storedA, two, started), row(storedB, one, started)),
        );
        // A second link, and the end of one of two.
        const by = { by: ['other'], individual: false };
        expect(
          await writeTwice([a, { assigned: [one] }], [b, { released: [one], kept: [{ courseId: one, ...by }] }]),
        ).toHaveLength(3);
        // The end of the last link beside an individual enrolment, and of another.
        const kept = [{ courseId: two, by: [], individual: true }];
        expect(
          await writeTwice(
            [a, { released: [two], kept }],
            [b, { released: [one], unenrolled: [{ courseId: one, training: 'keep' }] }],
          ),
        ).toEqual(rows(row(storedA, one, started), row(storedA, two, ended), row(storedB, one, ended)));
        expect(await writeTwice([b, { assigned: [one], released: [two] }])).toEqual(
          rows(row(storedA, one, started), row(storedA, two, ended), row(storedB, one, started)),
        );
      }
    });
  });

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
      await makeTables(db, at, TEXT_IDS);
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
      expect(await keptRows(db, at)).toEqual([...hosts, `a c smart ${on}`, `b c smart ${on}`].sort());
      expect(await readIndividual()).toEqual(individual);
      expect((await smart.reconcile()).summary.learners).toBe(0);
      const edited = await smart.apply([saveSegment({ id: 'all', rule: field('name').equals('z') })]);
      expect(edited.summary).toMatchObject({ released: 2, unenrolled: 1 });
      const off = status ? [`a c smart off`, `b c smart off`] : [];
      expect(await keptRows(db, at)).toEqual([...hosts, ...off].sort());
      expect(await readIndividual()).toEqual(individual);
    },
  );

  test('a batch is one statement for each kind of change, and more only for more pairs than a statement may have', async () => {
    const at = `${p}many_`;
    await makeTables(db, at, TEXT_IDS, 'UNIQUE (person, course, source)');
    const host = hostOf(at, { set: SOURCE });
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
}
