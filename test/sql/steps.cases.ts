import { beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments } from '../../src/index.js';
import { createSqlRepositories, migrate, migrationSql, type SqlDriver, sqlHost } from '../../src/sql/index.js';
import { caught } from '../caught.js';
import { lmsTables, lmsTablesSql } from './lms-tables.js';
import { pgliteDriver } from './pglite-world.js';
import { contentsOf, expectedContents, OLD, openStep1, step1Statements, upgraded } from './step-1.js';
import { NEW } from './this-library.js';
import { type Written, watched } from './watched.js';

let db: SqlDriver;

beforeAll(async () => {
  db = await pgliteDriver();
  for (const statement of lmsTablesSql('postgres', 's_')) await db.query(statement);
});

const smart = (prefix: string) =>
  createSmartEnrolments(createSqlRepositories({ driver: db, host: sqlHost(lmsTables('s_')), prefix }));

const columnsOf = (prefix: string): Promise<unknown[]> =>
  db.query(
    `SELECT replace(table_name, '${prefix}', '') AS name, column_name, data_type, is_nullable FROM information_schema.columns
      WHERE table_name LIKE '${prefix}%' ORDER BY 1, 2`,
  );

const rowOf = async (prefix: string): Promise<unknown> => {
  const [row] = await db.query<{ description: string }>(`SELECT description FROM ${prefix}schema`);
  return JSON.parse(row!.description);
};

/** The schema's row after migration, without the kind of ids. */
const KEPT = { version: 2, step: 4, oldestWriter: 4, assignments: 'on' };

describe('parts of steps', () => {
  test('a library of step 1 is rejected from the first part of step 3 on, and an interrupted step is completed later', async () => {
    for (const statement of step1Statements('postgres', 'part_')) await db.query(statement);
    const prefix = 'part_text_se_';
    const stopping = watched(db, {
      async onCommit(statements) {
        if (!statements.at(-1)!.includes('"step":2,"oldestWriter":3')) return;
        await expect(openStep1(OLD, db, 'part_', 'text', '').library.reconcile()).rejects.toMatchObject({
          cause: { message: expect.stringContaining('The tables are of version 2, not 1') },
        });
        throw new Error('The process stops here.');
      },
    });
    await expect(migrate(stopping, { prefix })).rejects.toThrow('The process stops here.');
    await expect(openStep1(NEW, db, 'part_', 'text', '').library.reconcile()).rejects.toThrow('are at step 2');
    await migrate(db, { prefix });
    expect(await rowOf(prefix)).toEqual({ ...KEPT, learnerIds: 'text' });
  });

  test('a process repeats no step that another one has applied meanwhile', async () => {
    for (const statement of step1Statements('postgres', 'slow_')) await db.query(statement);
    const prefix = 'slow_text_se_';
    const written: Written[] = [];
    let isOvertaken = false;
    const slow = watched(db, {
      onStatement: (statement) => void (isOvertaken && written.push(statement)),
      async onCommit() {
        if (!isOvertaken) await migrate(db, { prefix });
        isOvertaken = true;
      },
    });
    await migrate(slow, { prefix });
    expect(written.filter((statement) => !statement.startsWith('UPDATE "slow_text_se_pairs"'))).toEqual([]);
    expect(written.length).toBeGreaterThan(0);
  });

  test('migrate rejects if another process has begun to create the tables for another kind of ids', async () => {
    const options = { prefix: 'rivals_', learnerIds: 'integer' } as const;
    const stopping = watched(db, { onCommit: () => Promise.reject(new Error('The process stops here.')) });
    let isFirst = true;
    const late: SqlDriver = {
      ...db,
      async transaction(work) {
        if (isFirst) await expect(migrate(stopping, options)).rejects.toThrow('The process stops here.');
        isFirst = false;
        return db.transaction(work);
      },
    };
    await expect(migrate(late, { prefix: 'rivals_', learnerIds: 'uuid' })).rejects.toThrow(
      'learner ids of kind integer, not uuid',
    );
    await migrate(db, options);
    expect(await rowOf('rivals_')).toEqual({ ...KEPT, learnerIds: 'integer' });
  });
});

describe('tables of other steps', () => {
  const describeTables = (prefix: string, others: object): Promise<unknown> =>
    db.query(
      `UPDATE ${prefix}schema SET description = '${JSON.stringify({ version: 2, learnerIds: 'text', ...others })}'`,
    );
  const segment = { id: 's', title: 'S', rule: { everyone: true } } as const;

  test('tables of a later step that this library may write to are used, and migrate leaves them unchanged', async () => {
    await migrate(db, { prefix: 'later_' });
    await db.query('ALTER TABLE later_links ADD COLUMN colour text');
    await describeTables('later_', { step: 5, oldestWriter: 4, assignments: 'on' });
    const columns = await columnsOf('later_');
    await migrate(db, { prefix: 'later_' });
    expect((await smart('later_').apply({ type: 'saveSegment', segment })).revision).toBe(1);
    expect(await columnsOf('later_')).toEqual(columns);
    expect(await rowOf('later_')).toEqual({ ...KEPT, learnerIds: 'text', step: 5 });
  });

  const TOO_NEW =
    /tables are at step 6: only versions of smart-enrolments for step 5 or later may write to them, and this version is for step 4. Update smart-enrolments/u;

  test('a library that may no longer write is rejected with both steps, and so is its migrate', async () => {
    await migrate(db, { prefix: 'newer_' });
    await describeTables('newer_', { step: 6, oldestWriter: 5 });
    await expect(smart('newer_').reconcile()).rejects.toThrow(TOO_NEW);
    await expect(migrate(db, { prefix: 'newer_' })).rejects.toThrow(TOO_NEW);
  });

  test('a library that runs while its tables are migrated is rejected at its next operation', async () => {
    await migrate(db, { prefix: 'runs_' });
    const running = smart('runs_');
    await running.reconcile();
    await describeTables('runs_', { step: 6, oldestWriter: 5 });
    await expect(running.apply({ type: 'saveSegment', segment })).rejects.toThrow(TOO_NEW);
    await expect(running.learnersChanged(['u'])).rejects.toThrow(TOO_NEW);
  });

  test('tables before the step of this library are rejected until migrate has run', async () => {
    await migrate(db, { prefix: 'early_' });
    await describeTables('early_', { step: 2, oldestWriter: 3 });
    await expect(smart('early_').reconcile()).rejects.toThrow(/at step 2, .* needs step 4\. Run migrate\(driver\)/u);
    await migrate(db, { prefix: 'early_' });
    expect((await smart('early_').reconcile()).revision).toBe(0);
  });
});

describe('steps as SQL', () => {
  const options = { prefix: 'p_' };

  test('migrationSql begins each step with a comment that has its number', () => {
    const steps = migrationSql('postgres', options).match(/^-- Step \d: .*$/gmu);
    expect(steps).toEqual([
      '-- Step 1: makes the first tables.',
      '-- Step 2: processes of step 1 continue to work.',
      '-- Step 3: processes of step 1 are refused.',
      '-- Step 4: processes of step 3 are refused.',
    ]);
  });

  test.each(['postgres', 'mysql', 'sqlite'] as const)(
    'migrationSql omits the applied steps with `from` on %s',
    (dialect) => {
      const all = migrationSql(dialect, options);
      expect(migrationSql(dialect, { ...options, from: 0 })).toBe(all);
      expect(migrationSql(dialect, { ...options, from: 1 })).toBe(all.slice(all.indexOf('-- Step 2')));
      expect(migrationSql(dialect, { ...options, from: 2 })).toBe(all.slice(all.indexOf('-- Step 3')));
      expect(migrationSql(dialect, { ...options, from: 3 })).toBe(all.slice(all.indexOf('-- Step 4')));
      expect(migrationSql(dialect, { ...options, from: 4 })).toBe('');
    },
  );

  test('tables of step 1 that a host migrates by this SQL are the same as those that migrate has migrated', async () => {
    for (const prefix of ['byhand_', 'bycall_'])
      for (const statement of step1Statements('postgres', prefix)) await db.query(statement);
    await migrate(db, { prefix: 'bycall_text_se_' });
    const steps = migrationSql('postgres', { prefix: 'byhand_text_se_', from: 1 });
    for (const statement of steps.split(';\n\n')) await db.query(statement);
    const bare = async (prefix: string) => JSON.stringify(await columnsOf(`${prefix}text_se_`));
    expect(await bare('byhand_')).toBe(await bare('bycall_'));
    const pairs = 'SELECT no, link_id, segment_id FROM';
    expect(await db.query(`${pairs} byhand_text_se_pairs ORDER BY no`)).toEqual(
      await db.query(`${pairs} bycall_text_se_pairs ORDER BY no`),
    );
    await migrate(db, { prefix: 'byhand_text_se_' });
    const { catalog } = await contentsOf(openStep1(NEW, db, 'byhand_', 'text', 'one'));
    expect(catalog.unsettled).toEqual(upgraded(expectedContents().text!.one!).catalog.unsettled);
  });

  test.each([-1, 5, 1.5, '1'])('migrationSql rejects %j for `from`', (from) => {
    expect(caught(() => migrationSql('postgres', { from } as never))).toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: ['from'], message: 'expected a step: a whole number from 0 to 4' }] },
    });
  });

  test('migrate rejects `from`', async () => {
    await expect(migrate(db, { from: 1 } as never)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: ['from'], code: 'unknown_key' }] },
    });
  });
});
