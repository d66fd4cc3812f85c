import { expect, test } from 'vitest';
import { createSmartEnrolments, everyone, linkCourses, saveSegment } from '../../../src/index.js';
import { createSqlRepositories, migrate, type SqlDriver } from '../../../src/sql/index.js';
import { type Open, openBefore } from '../reading/opened.js';
import { runAll } from '../reading/tables.js';
import { watched } from '../watched.js';
import { hostOf, keptRows, makeTables, SOURCE, STATUS, TEXT_IDS } from './enrolments-table.js';
import { type Change, insertRow, rowsIn, write } from './kept.js';

/** Cases of rows that the host has changed, and of keys that reject some. */
export function describeRows(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });

  test('where a unique key admits one row for a learner and course, the row of the host is left, and the library writes none', async () => {
    const at = `${p}uni_`;
    await makeTables(db, at, TEXT_IDS, 'UNIQUE (person, course)');
    const schema = { postgres: 'current_schema()', mysql: 'DATABASE()', sqlite: `'main'` }[db.dialect];
    const [found] = await db.query<{ j: string }>(`SELECT ${schema} AS j`);
    const host = hostOf(at, { table: `${found!.j}.${at}rows`, set: SOURCE, status: STATUS });
    await insertRow(db, `${at}rows`, { person: 'a', course: 'c', source: 'hand' });
    const writeBoth = (change: Change) => write(db, host, ['a', change], ['b', change]);
    await writeBoth({ assigned: ['c', 'd'] });
    expect(await keptRows(db, at)).toEqual(['a c hand NULL', 'a d smart on', 'b c smart on', 'b d smart on']);
    await writeBoth({ released: ['c'] });
    expect(await keptRows(db, at)).toEqual(['a c hand NULL', 'a d smart on', 'b c smart off', 'b d smart on']);
    // After the host has removed its row, the next change of the enrolment writes the library's.
    await runAll(db, at, [`DELETE FROM $rows WHERE source = 'hand'`]);
    await writeBoth({ released: ['c'], kept: [{ courseId: 'c', by: ['other'], individual: false }] });
    expect(await keptRows(db, at)).toEqual(['a c smart on', 'a d smart on', 'b c smart on', 'b d smart on']);
  });

  test('a course that one link releases and another holds keeps its row', async () => {
    const at = `${p}both_`;
    await makeTables(db, at, TEXT_IDS);
    const host = hostOf(at, { status: STATUS });
    await write(db, host, ['a', { assigned: ['c'] }]);
    await write(db, host, ['a', { released: ['c'], assigned: ['c'] }]);
    expect(await keptRows(db, at)).toEqual(['a c NULL on']);
    // In one write, a later diff of a learner counts.
    await write(db, host, ['a', { assigned: ['d'] }], ['a', { released: ['c', 'd'] }], ['a', { assigned: ['c'] }]);
    expect(await keptRows(db, at)).toEqual(['a c NULL on']);
  });

  test('a status that the host has set stays while a link holds the course, and becomes the ended one when none does', async () => {
    const at = `${p}third_`;
    await makeTables(db, at, TEXT_IDS);
    const host = hostOf(at, { status: STATUS });
    await write(db, host, ['a', { assigned: ['c'] }]);
    await runAll(db, at, [`UPDATE $rows SET status = 'paused'`]);
    await write(db, host, ['a', { assigned: ['c'] }]);
    await write(db, host, ['a', { released: ['c'], kept: [{ courseId: 'c', by: ['other'], individual: false }] }]);
    expect(await keptRows(db, at)).toEqual(['a c NULL paused']);
    await write(db, host, ['a', { released: ['c'] }]);
    expect(await keptRows(db, at)).toEqual(['a c NULL off']);
  });

  test('a row that the host has marked as deleted is the host’s, and a new enrolment gets another', async () => {
    const at = `${p}soft_`;
    await makeTables(db, at, TEXT_IDS, 'deleted DATE');
    const host = hostOf(at, { set: { ...SOURCE, deleted: null } });
    const written = async (change: Change) => {
      await write(db, host, ['a', change]);
      return rowsIn(db, `${at}rows`, 'person course source deleted');
    };
    await written({ assigned: ['c'] });
    await runAll(db, at, [`UPDATE $rows SET deleted = '2026-03-01'`]);
    expect(await written({ assigned: ['c'] })).toEqual(['a c smart 2026-03-01', 'a c smart NULL']);
    expect(await written({ released: ['c'] })).toEqual(['a c smart 2026-03-01']);
  });

  test('a trigger of the host sees each change of a status once', async () => {
    const at = `${p}trig_`;
    await makeTables(db, at, TEXT_IDS);
    const log = `INSERT INTO ${at}log VALUES (OLD.status, NEW.status)`;
    const on = `CREATE TRIGGER ${at}saw AFTER UPDATE ON ${at}rows FOR EACH ROW`;
    const triggers = {
      postgres: [
        `CREATE FUNCTION ${at}note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${log}; RETURN NEW; END'`,
        `${on} EXECUTE FUNCTION ${at}note()`,
      ],
      mysql: [`${on} ${log}`],
      sqlite: [`${on} BEGIN ${log}; END`],
    };
    await runAll(db, at, [`CREATE TABLE $log (was VARCHAR(20), became VARCHAR(20))`, ...triggers[db.dialect]]);
    const host = hostOf(at, { status: STATUS });
    const assigned = { assigned: ['c'] };
    const released = { released: ['c'] };
    for (const change of [assigned, assigned, released, released, assigned, assigned])
      await write(db, host, ['a', change]);
    expect(await rowsIn(db, `${at}log`, 'was became')).toEqual(['off on', 'on off']);
    if (db.dialect === 'postgres') await db.query(`DROP FUNCTION ${at}note CASCADE`);
  });

  test('rows are written in order of ids, whatever the order of the diffs', async () => {
    const at = `${p}order_`;
    await makeTables(db, at, TEXT_IDS);
    const host = hostOf(at);
    const sent: string[] = [];
    const driver = watched(db, { onStatement: (statement) => void sent.push(statement) });
    for (const change of [{ assigned: ['d', 'c'] }, { released: ['d', 'c'] }]) {
      const from = sent.length;
      await write(driver, host, ['learner 2', change], ['learner 1', change]);
      const [statement] = sent.slice(from);
      expect(statement!.match(/learner [12]/gu)!.slice(-4), statement).toEqual([
        ...['learner 1', 'learner 1', 'learner 2', 'learner 2'],
      ]);
    }
  });

  test('a batch that the database rolls back is written once', async () => {
    const at = `${p}retry_`;
    await makeTables(db, at, TEXT_IDS);
    await migrate(db, { prefix: `${at}se_` });
    const inserts: string[] = [];
    const driver = watched(db, {
      onStatement(statement) {
        if (!statement.includes(`${at}rows`) || !statement.startsWith('INSERT')) return;
        inserts.push(statement);
        if (inserts.length === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      },
    });
    const repositories = createSqlRepositories({ driver, host: hostOf(at), prefix: `${at}se_` });
    const smart = createSmartEnrolments(repositories);
    const edits = [saveSegment({ id: 'all', title: 'All', rule: everyone }), ...linkCourses('all', ['c'])];
    expect((await smart.apply(edits)).summary.assigned).toBe(2);
    expect(inserts).toHaveLength(2);
    expect(await keptRows(db, at)).toEqual(['a c NULL NULL', 'b c NULL NULL']);
  });

  test('two operations on the same learners write each row once', async () => {
    const at = `${p}two_`;
    await makeTables(db, at, TEXT_IDS);
    await migrate(db, { prefix: `${at}se_` });
    const smartOver = () =>
      createSmartEnrolments(createSqlRepositories({ driver: db, host: hostOf(at), prefix: `${at}se_` }));
    const [one, other] = [smartOver(), smartOver()];
    const links = linkCourses('all', ['c', 'd']);
    await one.apply([saveSegment({ id: 'all', title: 'All', rule: everyone }), ...links]);
    const ids = Array.from({ length: 60 }, (_, i) => `u${i}`);
    for (const id of ids) await insertRow(db, `${at}people`, { id });
    await Promise.all([one.reconcile(), other.reconcile(), one.learnersChanged(ids), other.learnersChanged(ids)]);
    const rows = await rowsIn(db, `${at}rows`, 'person course');
    expect(rows).toEqual(['a', 'b', ...ids].flatMap((id) => [`${id} c`, `${id} d`]).sort());
  });
}
