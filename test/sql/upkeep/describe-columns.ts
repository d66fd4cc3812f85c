import { expect, test } from 'vitest';
import { type EnrolmentsTable, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import { type Open, openBefore } from '../reading/opened.js';
import { runAll } from '../reading/tables.js';
import { hostOf, keptRows, makeTables, SOURCE, STATUS, TEXT_IDS } from './enrolments-table.js';
import { type Change, diffOf, idsOf, insertRow, peopleAndCourses, rowsIn, write } from './kept.js';

/** Cases of the columns of a table of enrolments: their types, and the values that the library writes to them. */
export function describeColumns(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
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
    const writeIn = (tenant: number, change: Change) => write(db, hostOfTenant(tenant), ['1', change]);
    for (const tenant of [1, 1, 2]) await writeIn(tenant, { assigned: ['10'] });
    expect(await rowsIn(db, `${at}rows`, 'person course org state')).toEqual(['1 10 1 1', '1 10 2 1']);
    await writeIn(2, { released: ['10'] });
    expect(await rowsIn(db, `${at}rows`, 'person course org state')).toEqual(['1 10 1 1', '1 10 2 0']);
    await writeIn(1, { assigned: ['10', '11'] });
    expect(await rowsIn(db, `${at}rows`, 'person course org state')).toHaveLength(3);
  });

  test('a column that the table does not have is named before anything is read or written, until the host adds it', async () => {
    const at = `${p}miss_`;
    await makeTables(db, at, TEXT_IDS);
    const misspelt = hostOf(at, { set: { sorce: 'smart' } });
    const message = `The table ${at}rows has no column "sorce". Correct the name in sqlHost, at enrolments.set.`;
    await expect(misspelt.page(db, { limit: 9 })).rejects.toThrow(message);
    await expect(misspelt.keepTables!([diffOf('a', { assigned: ['c'] })], db, CONTEXT)).rejects.toThrow(message);
    await expect(hostOf(at, { status: { ...STATUS, column: 'state' } }).page(db, { limit: 9 })).rejects.toThrow(
      'no column "state". Correct the name in sqlHost, at enrolments.status.column.',
    );
    await runAll(db, at, [`ALTER TABLE $rows ADD COLUMN sorce VARCHAR(20)`]);
    await misspelt.keepTables!([diffOf('a', { assigned: ['c'] })], db, CONTEXT);
    expect(await rowsIn(db, `${at}rows`, 'person course sorce')).toEqual(['a c smart']);
  });

  test('a table that the host makes after the first operation is written with the types of its columns', async () => {
    const at = `${p}later_`;
    const [ids] = idsOf(db.dialect) as [typeof TEXT_IDS];
    await makeTables(db, at, ids);
    await runAll(db, at, ['ALTER TABLE $rows RENAME TO $elsewhere']);
    const host = hostOf(at, {}, ids.ids);
    expect(await host.page(db, { limit: 9 })).toHaveLength(2);
    await runAll(db, at, ['ALTER TABLE $elsewhere RENAME TO $rows']);
    await write(db, host, ['7', { assigned: ['10'] }]);
    expect(await keptRows(db, at)).toEqual(['7 10 NULL NULL']);
  });

  test('a number in a column of text is written as text, and is found as that text alone', async () => {
    const at = `${p}number_`;
    await makeTables(db, at, TEXT_IDS);
    for (const source of ['hand', '0x', ' 0']) await insertRow(db, `${at}rows`, { person: 'a', course: 'c', source });
    const host = hostOf(at, { set: { source: 0 }, status: { column: 'status', active: 1, ended: 2 } });
    const hosts = ['a c  0 NULL', 'a c 0x NULL', 'a c hand NULL'];
    await write(db, host, ['a', { assigned: ['c'] }]);
    expect(await keptRows(db, at)).toEqual([hosts[0], 'a c 0 1', ...hosts.slice(1)]);
    await write(db, host, ['a', { released: ['c'] }]);
    expect(await keptRows(db, at)).toEqual([hosts[0], 'a c 0 2', ...hosts.slice(1)]);
  });

  test('a status may be an enum, and a number is the name of one of its values', async () => {
    const at = `${p}enum_`;
    const type = { postgres: `${at}state`, mysql: `ENUM('1', '2', '0')`, sqlite: 'TEXT' }[db.dialect];
    if (db.dialect === 'postgres') await db.query(`CREATE TYPE ${type} AS ENUM ('1', '2', '0')`);
    await makeTables(db, at, TEXT_IDS, `state ${type}`);
    const host = hostOf(at, { status: { column: 'state', active: 2, ended: 0 } });
    const written = async (change: Change) => {
      await write(db, host, ['a', change]);
      return rowsIn(db, `${at}rows`, 'person course state');
    };
    expect(await written({ assigned: ['c'] })).toEqual(['a c 2']);
    expect(await written({ released: ['c'] })).toEqual(['a c 0']);
    expect(await written({ assigned: ['c'] })).toEqual(['a c 2']);
    if (db.dialect === 'postgres') await db.query(`DROP TYPE ${type} CASCADE`);
  });

  test('on MySQL a value that its column would change or compare as another is named before anything is written', async () => {
    if (db.dialect !== 'mysql') return;
    const at = `${p}unfit_`;
    await makeTables(db, at, TEXT_IDS, 'whole INT', 'price DECIMAL(5,2) UNSIGNED', 'ratio FLOAT', 'exact DOUBLE');
    const pageOf = (table: Partial<EnrolmentsTable>) => hostOf(at, table).page(db, { limit: 9 });
    const unfit = [
      ...[['whole', 1.5] as const, ['whole', 'smart'] as const, ['whole', ''] as const],
      ...[['price', 1.555] as const, ['price', 'high'] as const],
      ...[['ratio', 0.1] as const, ['exact', 'x'] as const],
    ];
    for (const [column, value] of unfit) {
      await expect(pageOf({ set: { [column]: value } }), column).rejects.toThrow(
        `The column "${column}" of the table ${at}rows does not store ${JSON.stringify(value)} unchanged. Correct the value in sqlHost, at enrolments.set.`,
      );
    }
    const status = { column: 'whole', active: 1, ended: 'off' };
    await expect(pageOf({ status })).rejects.toThrow('Correct the value in sqlHost, at enrolments.status.ended.');
    const set = { whole: '7', price: 1.55, ratio: 0.5, exact: 0.1 };
    expect(await pageOf({ set })).toHaveLength(2);
    const host = hostOf(at, { set: { ...set, whole: true } });
    for (let time = 1; time <= 2; time++) await write(db, host, ['a', { assigned: ['c'] }]);
    expect(await rowsIn(db, `${at}rows`, 'person whole price ratio exact')).toEqual(['a 1 1.55 0.5 0.1']);
  });

  test('a text that is longer than its column is rejected, and not cut off', async () => {
    if (db.dialect === 'sqlite') return;
    const at = `${p}long_`;
    await makeTables(db, at, TEXT_IDS);
    const assign = (set: EnrolmentsTable['set'], course: string) =>
      write(db, hostOf(at, { set }), ['a', { assigned: [course] }]);
    await expect(assign({ source: 's'.repeat(21) }, 'c')).rejects.toThrow(/too long/iu);
    await expect(assign(SOURCE, 'c'.repeat(41))).rejects.toThrow(/too long/iu);
    expect(await keptRows(db, at)).toEqual([]);
  });

  test('a column that needs a value of the host rejects the write, which names the table and the fix', async () => {
    const at = `${p}needs_`;
    await makeTables(db, at, TEXT_IDS, 'reason VARCHAR(8) NOT NULL');
    const host = hostOf(at, { set: SOURCE });
    await expect(write(db, host, ['a', { assigned: ['c'] }])).rejects.toThrow(
      `Cannot write the table ${at}rows, described at enrolments in sqlHost. A column accepts no NULL: give it a default, or a value in set. (`,
    );
    await write(db, hostOf(at, { set: { ...SOURCE, reason: 'rule' } }), ['a', { assigned: ['c'] }]);
    expect(await rowsIn(db, `${at}rows`, 'person course reason')).toEqual(['a c rule']);
  });

  test('columns may have the names that the statements of the library use', async () => {
    const at = `${p}names_`;
    await makeTables(db, at, TEXT_IDS);
    await runAll(db, at, [
      `CREATE TABLE $named (who VARCHAR(40), what VARCHAR(40), given VARCHAR(8), UNIQUE (who, what))`,
      `INSERT INTO $named VALUES ('a', 'c', 'hand')`,
    ]);
    const host = hostOf(at, { table: `${at}named`, learner: 'who', course: 'what', set: { given: 'smart' } });
    await write(db, host, ['a', { assigned: ['c', 'd'] }]);
    expect(await rowsIn(db, `${at}named`, 'who what given')).toEqual(['a c hand', 'a d smart']);
    await write(db, host, ['a', { released: ['c', 'd'] }]);
    expect(await rowsIn(db, `${at}named`, 'who what given')).toEqual(['a c hand']);
  });
}
