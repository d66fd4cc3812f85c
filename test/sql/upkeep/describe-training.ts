import { expect, test } from 'vitest';
import { createSmartEnrolments, everyone, linkCourses, saveSegment, unlink } from '../../../src/index.js';
import {
  createSqlRepositories,
  type Dialect,
  type KeptTraining,
  migrate,
  type SqlDriver,
  sqlHost,
} from '../../../src/sql/index.js';
import { type Open, openBefore } from '../reading/opened.js';
import { runAll } from '../reading/tables.js';
import { insertRow, peopleAndCourses, rowsIn, type Written, write } from './kept.js';

/** A column that marks archived records: its type, values of live and of archived records, and what the library writes. */
interface Archived {
  readonly type: string;
  readonly live: readonly string[];
  readonly archived: string;
  readonly written: RegExp;
  readonly keep?: Partial<KeptTraining>;
}

const TIME = /^2026-03-01[ T]09:00:00(?:\.0?01(?:000)?|)/u;

const ARCHIVED: { readonly [D in Dialect]: readonly Archived[] } = {
  postgres: [
    { type: 'boolean', live: ['false'], archived: 'true', written: /^true$/u },
    { type: 'smallint NOT NULL', live: ['0'], archived: '1', written: /^1$/u },
    { type: 'integer', live: ['0'], archived: '1767225600', written: /^1767225600$/u, keep: { archived: 1767225600 } },
    { type: 'timestamptz', live: [], archived: '2026-01-01', written: TIME },
    { type: 'timestamp(0)', live: [], archived: '2026-01-01', written: TIME },
    { type: 'date', live: [], archived: '2026-01-01', written: /^2026-03-01$/u },
    { type: 'text', live: ['No', ' f '], archived: 'yes', written: TIME },
    { type: 'varchar(3)', live: ['no'], archived: 'yes', written: /^yes$/u, keep: { archived: 'yes' } },
  ],
  mysql: [
    { type: 'BOOLEAN NOT NULL', live: ['0'], archived: '1', written: /^1$/u },
    { type: 'DECIMAL(3,1)', live: ['0'], archived: '1', written: /^1\.0$/u },
    { type: 'DATETIME(3)', live: ['0000-00-00'], archived: '2026-01-01', written: TIME },
    { type: 'TIMESTAMP NULL', live: [], archived: '2026-01-01', written: TIME },
    { type: 'DATE', live: ['0000-00-00'], archived: '2026-01-01', written: /^2026-03-01$/u },
    { type: 'VARCHAR(40)', live: ['No', ' f '], archived: 'yes', written: TIME },
    { type: 'CHAR(3)', live: ['no'], archived: 'yes', written: /^yes$/u, keep: { archived: 'yes' } },
  ],
  sqlite: [
    { type: 'BOOLEAN NOT NULL', live: ['0'], archived: '1', written: /^1$/u },
    { type: 'REAL', live: ['0'], archived: '1', written: /^1\.0$/u },
    { type: 'DATETIME', live: [], archived: '2026-01-01', written: TIME },
    { type: 'TEXT', live: ['No', ' f '], archived: 'yes', written: TIME },
    { type: '', live: ['0'], archived: '2026-01-01', written: TIME },
  ],
};

/** Cases of training records that the library starts and archives. */
export function describeTraining(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });

  async function makeTables(at: string, archived: string, more = ''): Promise<void> {
    await runAll(db, at, [
      `CREATE TABLE $people (id VARCHAR(8) PRIMARY KEY)`,
      `CREATE TABLE $courses (id VARCHAR(8) PRIMARY KEY)`,
      `CREATE TABLE $records (person VARCHAR(8), course VARCHAR(8), state VARCHAR(20), source VARCHAR(8), archived ${archived}${more})`,
      `INSERT INTO $people VALUES ('a'), ('b')`,
      `INSERT INTO $courses VALUES ('c'), ('d')`,
    ]);
  }
  const hostOf = (at: string, keep: Partial<KeptTraining> = {}) =>
    sqlHost({
      ...peopleAndCourses(at),
      training: {
        ...{ table: `${at}records`, learner: 'person', course: 'course', status: 'state', completed: 'passed' },
        ...{ archived: 'archived', keep: { status: 'not started', set: { source: 'smart' }, ...keep } },
      },
    });

  test('a record is started once, left when it is resumed or kept, and archived in the form of its column', async () => {
    for (const [i, { type, live, archived, written, keep }] of ARCHIVED[db.dialect].entries()) {
      const at = `${p}a${i}_`;
      await makeTables(at, type);
      const host = hostOf(at, keep);
      const writes = (...changes: readonly Written[]) => write(db, host, ...changes);
      const rows = () => rowsIn(db, `${at}records`, 'person course state source');
      const isNotNull = type.includes('NOT NULL');
      await insertRow(db, `${at}records`, { person: 'a', course: 'c', state: 'passed', archived });
      const start = { enrolled: ['c', 'd'].map((courseId) => ({ courseId, training: 'start' as const })) };
      await writes(['a', start], ['b', start]);
      await writes(['a', start], ['b', start]);
      const started = ['a c', 'a d', 'b c', 'b d'].map((pair) => `${pair} not started smart`);
      expect(await rows(), type).toEqual(['a c not started smart', 'a c passed NULL', ...started.slice(1)]);
      await writes(['a', { enrolled: [{ courseId: 'd', training: 'resume' }] }]);
      await writes(['b', { unenrolled: [{ courseId: 'd', training: 'keep' }] }]);
      expect(await rows(), type).toHaveLength(5);
      expect(await host.training(db, ['a', 'b']), type).toHaveLength(4);

      // All live records of the course are archived, whatever their column says of that.
      if (isNotNull || live.length > 0)
        await runAll(db, at, [`DELETE FROM $records WHERE person = 'b' AND course = 'c'`]);
      for (const value of live)
        await insertRow(db, `${at}records`, { person: 'b', course: 'c', state: 'passed', archived: value });
      const archive = { unenrolled: [{ courseId: 'c', training: 'archive' as const }] };
      for (let time = 1; time <= 2; time++) await writes(['b', archive]);
      const [inB] = [await rowsIn(db, `${at}records`, 'person course archived')].map((all) =>
        all.filter((row) => row.startsWith('b c')).map((row) => row.slice('b c '.length)),
      );
      expect(inB!.length, type).toBeGreaterThan(0);
      for (const value of inB!) expect(value, type).toMatch(written);
      expect(await host.training(db, ['b']), type).toEqual([{ learnerId: 'b', courseId: 'd', status: 'in-progress' }]);
      // A record that has been archived stays, and the course starts afresh.
      await writes(['b', { enrolled: [{ courseId: 'c', training: 'start' }] }]);
      expect(await host.training(db, ['b']), type).toHaveLength(2);
    }
  });

  test('a unique key that admits no record beside an archived one rejects the start, which is not lost silently', async () => {
    const at = `${p}key_`;
    await makeTables(at, 'INTEGER', ', PRIMARY KEY (person, course)');
    await insertRow(db, `${at}records`, { person: 'a', course: 'c', state: 'passed', archived: '1' });
    const start = { enrolled: [{ courseId: 'c', training: 'start' as const }] };
    await expect(write(db, hostOf(at), ['a', start])).rejects.toThrow(
      `Cannot write the table ${at}records, described at training in sqlHost. A unique key rejects a row: let it admit a new training record beside an archived one. (`,
    );
  });

  test('one write archives a live record and starts another, and changes neither archived records nor those of a resumed course', async () => {
    const at = `${p}again_`;
    await makeTables(at, 'INTEGER');
    for (const archived of ['7', '0']) await insertRow(db, `${at}records`, { person: 'a', course: 'c', archived });
    const ended = { unenrolled: [{ courseId: 'c', training: 'archive' as const }] };
    await write(
      db,
      hostOf(at),
      ['a', ended],
      ['a', { enrolled: [{ courseId: 'c', training: 'start' }] }],
      ['b', { enrolled: [{ courseId: 'c', training: 'resume' }] }],
    );
    expect(await rowsIn(db, `${at}records`, 'person course state archived')).toEqual([
      ...['a c NULL 1', 'a c NULL 7', 'a c not started NULL'],
    ]);
  });

  test('on MySQL the time of the write is the same instant in every time zone of the session', async () => {
    if (db.dialect !== 'mysql') return;
    const at = `${p}zone_`;
    await makeTables(at, 'TIMESTAMP NULL');
    await insertRow(db, `${at}records`, { person: 'a', course: 'c', state: 'passed' });
    await db.transaction(async (tx) => {
      const [session] = await tx.query<{ j: string }>('SELECT @@session.time_zone AS j');
      await tx.query(`SET time_zone = '+05:00'`);
      await write(tx, hostOf(at), ['a', { unenrolled: [{ courseId: 'c', training: 'archive' }] }]);
      await tx.query('SET time_zone = ?', [session!.j]);
    });
    const [seconds] = await rowsIn(db, `${at}records`, 'UNIX_TIMESTAMP(archived)');
    expect(Math.floor(Number(seconds))).toBe(Date.parse('2026-03-01T09:00:00Z') / 1_000);
  });

  test('a column that cannot store the time of the write is named before any record is archived, until keep.archived is set', async () => {
    const unfit = {
      postgres: ['varchar(3)', 'char(20)', 'bit(1)', 'jsonb', 'text[]'],
      mysql: ['VARCHAR(3)', `ENUM('no', 'yes')`, 'TIME'],
      sqlite: [],
    }[db.dialect];
    for (const [i, type] of unfit.entries()) {
      const at = `${p}unfit${i}_`;
      await makeTables(at, type);
      await expect(hostOf(at).page(db, { limit: 9 }), type).rejects.toThrow(
        `The column "archived" of the table ${at}records cannot store the time of the write. Set the value that archives a record in sqlHost, at training.keep.archived.`,
      );
      expect(await hostOf(at, { archived: 'yes' }).page(db, { limit: 9 }), type).toHaveLength(2);
    }
  });

  test('an apply keeps both tables before onWrite is called, in one transaction', async () => {
    const at = `${p}e2e_`;
    await makeTables(at, db.dialect === 'mysql' ? 'DATETIME' : 'timestamp');
    await runAll(db, at, [`CREATE TABLE $now (person VARCHAR(8), course VARCHAR(8), PRIMARY KEY (person, course))`]);
    await migrate(db, { prefix: `${at}se_` });
    const seen: string[][] = [];
    let fails = false;
    const host = sqlHost({
      ...peopleAndCourses(at),
      enrolments: { table: `${at}now`, learner: 'person', course: 'course' },
      training: {
        ...{ table: `${at}records`, learner: 'person', course: 'course', status: 'state', archived: 'archived' },
        keep: { status: 'in-progress' },
      },
      async onWrite(_, tx) {
        seen.push(await rowsIn(tx, `${at}now`, 'person course'));
        if (fails) throw new Error('The outbox is full.');
      },
    });
    const smart = createSmartEnrolments(createSqlRepositories({ driver: db, host, prefix: `${at}se_` }));
    const links = linkCourses('all', ['c']);
    await smart.apply([saveSegment({ id: 'all', title: 'All', rule: everyone }), ...links]);
    expect(seen).toEqual([['a c', 'b c']]);
    await runAll(db, at, [`UPDATE $records SET state = 'completed' WHERE person = 'a'`]);
    fails = true;
    await expect(smart.apply(unlink(links[0]!.link.id))).rejects.toThrow();
    expect(await rowsIn(db, `${at}now`, 'person course')).toEqual(['a c', 'b c']);
    fails = false;
    await smart.settle();
    expect(await rowsIn(db, `${at}now`, 'person course')).toEqual([]);
    expect(await host.training(db, ['a', 'b'])).toEqual([{ learnerId: 'b', courseId: 'c', status: 'in-progress' }]);
    await smart.apply(linkCourses('all', ['c']));
    expect(await rowsIn(db, `${at}records`, 'person course state')).toEqual([
      ...['a c completed', 'a c in-progress', 'b c in-progress'],
    ]);
    expect((await smart.reconcile()).summary.learners).toBe(0);
  });
}
