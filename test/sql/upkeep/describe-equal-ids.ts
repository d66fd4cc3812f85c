import { expect, test } from 'vitest';
import type { LearnerDiff } from '../../../src/index.js';
import type { SqlDriver } from '../../../src/sql/index.js';
import { CONTEXT } from '../../../src/testkit/store.js';
import { type Open, openBefore } from '../reading/opened.js';
import { runAll } from '../reading/tables.js';
import { hostOf } from './enrolments-table.js';
import { diffOf, insertRow, rowsIn } from './kept.js';

/** Cases of ids that the database treats as equal. */
export function describeEqualIds(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });

  test('rows are those of the learner and course that the database considers equal, and of no other', async () => {
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
    const keepIn = async (name: string, people: string, rows: readonly string[], changes: readonly LearnerDiff[]) => {
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
      await db.transaction((tx) => hostOf(its).keepTables!(changes, tx, CONTEXT));
      const found = await rowsIn(db, `${its}rows`, 'person course');
      for (const table of ['rows', 'people', 'courses']) await db.query(`DROP TABLE ${its}${table}`);
      return found;
    };
    const assigned = diffOf('ada', { assigned: ['ada'] });
    const released = diffOf('ada', { released: ['ada'] });
    expect(await keepIn('a', loose, ['ADA Ada'], [assigned])).toEqual(['ADA Ada']);
    expect(await keepIn('b', loose, ['ADA Ada', 'bob ada'], [released])).toEqual(['bob ada']);
    // No learner of this id exists, so the row is of another.
    const gone = diffOf('zoe', { released: ['ada'] });
    expect(await keepIn('e', loose, ['ZOE ada'], [gone])).toEqual(['ZOE ada']);
    if (dialect === 'postgres') {
      await db.query(`DROP ${collation}`);
      return;
    }
    const four = ['Ada Ada', 'Ada ada', 'ada Ada', 'ada ada'];
    const both = [assigned, diffOf('Ada', { assigned: ['Ada'] })];
    expect(await keepIn('c', strict, four.slice(1, 3), both)).toEqual(four);
    expect(await keepIn('d', strict, four, [released])).toEqual(four.slice(0, 3));
  });
}
