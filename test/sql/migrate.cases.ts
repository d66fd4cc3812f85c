import { beforeAll, describe, expect, test } from 'vitest';
import { createSmartEnrolments } from '../../src/index.js';
import {
  createSqlRepositories,
  type IdKind,
  migrate,
  migrationSql,
  type SqlDriver,
  sqlHost,
} from '../../src/sql/index.js';
import { caught } from '../caught.js';
import { lmsTables, lmsTablesSql } from './lms-tables.js';
import { pgliteDriver } from './pglite-world.js';
import { expectedContents, openStep1, step1Statements } from './step-1.js';
import { NEW } from './this-library.js';

let db: SqlDriver;

beforeAll(async () => {
  db = await pgliteDriver();
  for (const statement of lmsTablesSql('postgres', 'm_')) await db.query(statement);
});

const hostOf = (ids: IdKind) => {
  const { learners, ...tables } = lmsTables('m_');
  return sqlHost({ ...tables, learners: { ...learners, ids } });
};
const smart = (prefix: string, ids: IdKind = 'text') =>
  createSmartEnrolments(createSqlRepositories({ driver: db, host: hostOf(ids), prefix }));

const columnsOf = (prefix: string): Promise<unknown[]> =>
  db.query(
    `SELECT replace(table_name, '${prefix}', '') AS name, column_name, data_type, is_nullable FROM information_schema.columns
      WHERE table_name LIKE '${prefix}%' ORDER BY 1, 2`,
  );

describe('migrate', () => {
  test('makes the tables, does nothing the second time, and keeps what is in them', async () => {
    await migrate(db, { prefix: 'twice_' });
    await smart('twice_').apply({ type: 'saveSegment', segment: { id: 's', title: 'S' } });
    await Promise.all([migrate(db, { prefix: 'twice_' }), migrate(db, { prefix: 'twice_' })]);
    expect((await smart('twice_').reconcile()).revision).toBe(1);
  });

  test('of two processes that make tables for different ids, one is refused', async () => {
    const kinds = ['integer', 'uuid'] as const;
    const made = await Promise.allSettled(kinds.map((learnerIds) => migrate(db, { prefix: 'rivals_', learnerIds })));
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const kind = kinds[made.findIndex(({ status }) => status === 'fulfilled')]!;
    const [row] = await db.query<{ description: string }>('SELECT description FROM rivals_schema');
    expect(JSON.parse(row!.description)).toEqual({ version: 2, learnerIds: kind, step: 3, oldestWriter: 3 });
    const types = await db.query(
      `SELECT data_type FROM information_schema.columns WHERE table_name = 'rivals_learners' AND column_name = 'learner_id'`,
    );
    expect(types).toEqual([{ data_type: { integer: 'bigint', uuid: 'uuid' }[kind] }]);
  });

  test('prints the statements that it runs', async () => {
    await migrate(db, { prefix: 'made_' });
    for (const statement of migrationSql('postgres', { prefix: 'said_' }).split(';\n\n')) await db.query(statement);
    const made = await columnsOf('made_');
    expect(made.length).toBeGreaterThan(20);
    expect(await columnsOf('said_')).toEqual(made);
    expect((await smart('said_').reconcile()).revision).toBe(0);
  });

  test.each(['mysql', 'sqlite'] as const)(
    'prints them for %s too, with nothing in them that is not its own',
    (dialect) => {
      expect(migrationSql(dialect, { prefix: 'p_' })).toMatchSnapshot();
    },
  );

  test.each(['integer', 'uuid'] as const)('makes the column of learners as the ids are: %s', async (learnerIds) => {
    const prefix = `${learnerIds}_`;
    await migrate(db, { prefix, learnerIds });
    const columns = (await columnsOf(prefix)) as { name: string; column_name: string; data_type: string }[];
    const type = columns.find(
      ({ name, column_name }) => name === 'learners' && column_name === 'learner_id',
    )?.data_type;
    expect(type).toBe({ integer: 'bigint', uuid: 'uuid' }[learnerIds]);
  });
});

describe('tables of other steps', () => {
  const describeTables = (prefix: string, others: object): Promise<unknown> =>
    db.query(
      `UPDATE ${prefix}schema SET description = '${JSON.stringify({ version: 2, learnerIds: 'text', ...others })}'`,
    );
  const segment = { id: 's', title: 'S', rule: { everyone: true } } as const;

  test('tables of a later step that lets this library write are used, and migrate leaves them as they are', async () => {
    await migrate(db, { prefix: 'later_' });
    await db.query('ALTER TABLE later_links ADD COLUMN colour text');
    await describeTables('later_', { step: 4, oldestWriter: 3 });
    const columns = await columnsOf('later_');
    await migrate(db, { prefix: 'later_' });
    expect((await smart('later_').apply({ type: 'saveSegment', segment })).revision).toBe(1);
    expect(await columnsOf('later_')).toEqual(columns);
    expect(await db.query('SELECT description FROM later_schema')).toEqual([
      { description: '{"version":2,"learnerIds":"text","step":4,"oldestWriter":3}' },
    ]);
  });

  const TOO_NEW =
    /tables are at step 5, and only versions of smart-enrolments of step 4 or later may write to them; this version is of step 3: update smart-enrolments/u;

  test('a library that may no longer write is refused by name, and so is its migrate', async () => {
    await migrate(db, { prefix: 'newer_' });
    await describeTables('newer_', { step: 5, oldestWriter: 4 });
    await expect(smart('newer_').reconcile()).rejects.toThrow(TOO_NEW);
    await expect(migrate(db, { prefix: 'newer_' })).rejects.toThrow(TOO_NEW);
  });

  test('a library that runs while its tables are migrated is refused at its next operation', async () => {
    await migrate(db, { prefix: 'runs_' });
    const running = smart('runs_');
    await running.reconcile();
    await describeTables('runs_', { step: 5, oldestWriter: 4 });
    await expect(running.apply({ type: 'saveSegment', segment })).rejects.toThrow(TOO_NEW);
    await expect(running.learnersChanged(['u'])).rejects.toThrow(TOO_NEW);
  });

  test('tables that are not yet at the step of this library are refused until migrate has run', async () => {
    await migrate(db, { prefix: 'early_' });
    await describeTables('early_', { step: 2, oldestWriter: 3 });
    await expect(smart('early_').reconcile()).rejects.toThrow(/at step 2, .* needs step 3: run migrate\(driver\)/u);
    await migrate(db, { prefix: 'early_' });
    expect((await smart('early_').reconcile()).revision).toBe(0);
  });
});

describe('steps as SQL', () => {
  const options = { prefix: 'p_' };

  test('each step is headed by a comment with its number', () => {
    const steps = migrationSql('postgres', options).match(/^-- Step \d: .*$/gmu);
    expect(steps).toEqual([
      '-- Step 1: makes the first tables.',
      '-- Step 2: processes of step 1 continue to work.',
      '-- Step 3: processes of step 1 are refused.',
    ]);
  });

  test.each(['postgres', 'mysql', 'sqlite'] as const)(
    '`from` leaves out the steps that were applied on %s',
    (dialect) => {
      const all = migrationSql(dialect, options);
      expect(migrationSql(dialect, { ...options, from: 0 })).toBe(all);
      expect(migrationSql(dialect, { ...options, from: 1 })).toBe(all.slice(all.indexOf('-- Step 2')));
      expect(migrationSql(dialect, { ...options, from: 2 })).toBe(all.slice(all.indexOf('-- Step 3')));
      expect(migrationSql(dialect, { ...options, from: 3 })).toBe('');
    },
  );

  test('tables of step 1 that a host migrates by this SQL are what migrate makes of them', async () => {
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
    const { repositories } = openStep1(NEW, db, 'byhand_', 'text', 'one');
    expect((await repositories.catalog.load()).unsettled).toEqual(expectedContents().text!.one!.catalog.unsettled);
  });

  test.each([-1, 4, 1.5, '1'])('a step %j to begin from is refused', (from) => {
    expect(caught(() => migrationSql('postgres', { from } as never))).toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: ['from'], message: 'It is a step, a whole number from 0 to 3.' }] },
    });
  });

  test('migrate takes no step to begin from', async () => {
    await expect(migrate(db, { from: 1 } as never)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { issues: [{ path: ['from'], code: 'unknown_key' }] },
    });
  });
});

const UUID = '0b6ef4a8-5c0d-4b8e-9f5c-0a1b2c3d4e5f';

describe('tables that do not fit are refused, with what to do', () => {
  const causeOf = async (run: Promise<unknown>): Promise<string> => {
    const error = (await run.then(
      () => undefined,
      (reason: unknown) => reason,
    )) as { cause?: { message?: string } };
    return String(error.cause?.message);
  };

  test('missing ones', async () => {
    expect(await causeOf(smart('nowhere_').reconcile())).toContain(
      'migrate(driver, { prefix }) makes those of the library',
    );
  });

  test('ones for ids of another kind', async () => {
    await migrate(db, { prefix: 'numbers_', learnerIds: 'integer' });
    for (const run of [smart('numbers_', 'uuid').reconcile(), smart('numbers_', 'uuid').learnersChanged([UUID])]) {
      const said = await causeOf(run);
      expect(said).toContain('ids of learners that are integer, not uuid');
      expect(said).toContain('DROP TABLE "numbers_schema", "numbers_catalog"');
    }
  });

  test('an id that is no uuid is refused, and a uuid is accepted in any case', async () => {
    await migrate(db, { prefix: 'upper_', learnerIds: 'uuid' });
    const upper = createSqlRepositories({ driver: db, host: hostOf('uuid'), prefix: 'upper_' });
    await expect(upper.transaction([`${UUID} `], async () => undefined)).rejects.toThrow(
      /is no uuid as this host's ids are/u,
    );
    expect(await upper.transaction([UUID.toUpperCase()], async () => 'done')).toBe('done');
  });
});

describe('names', () => {
  test.each(['', '1_', 'a b', 'x"; DROP TABLE m_users; --', `${'x'.repeat(41)}`, 'a.b.c'])(
    'the prefix %j is refused',
    (prefix) => {
      expect(caught(() => createSqlRepositories({ driver: db, host: sqlHost(lmsTables('m_')), prefix }))).toMatchObject(
        {
          code: 'invalid_input',
          details: { issues: [{ path: ['prefix'] }] },
        },
      );
    },
  );

  test('a prefix may name a schema', async () => {
    await db.query('CREATE SCHEMA elsewhere');
    await migrate(db, { prefix: 'elsewhere.se_' });
    expect((await smart('elsewhere.se_').reconcile()).revision).toBe(0);
  });

  test("the host's are quoted, whatever they are", async () => {
    await db.query('CREATE TABLE "select ""from"" users" ("order" text PRIMARY KEY, "group by" jsonb)');
    await db.query(`INSERT INTO "select ""from"" users" VALUES ('u', '{"site":"Bristol"}')`);
    const host = sqlHost({
      learners: { table: 'select "from" users', id: 'order', json: 'group by' },
      courses: { table: 'm_courses', id: 'id', enrolmentMethod: 'method' },
    });
    expect(await host.page(db, { limit: 9 })).toEqual([{ id: 'u', profile: { site: 'Bristol' } }]);
  });

  test.each(['a..b', 'x\0y', 'y'.repeat(64)])('of columns, %j is refused', (column) => {
    const tables = {
      learners: { table: 'm_users', id: column },
      courses: { table: 'm_courses', id: 'id', enrolmentMethod: 'method' },
    };
    expect(() => sqlHost(tables)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
