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
  test('migrate creates the tables, does nothing the second time, and keeps their contents', async () => {
    await migrate(db, { prefix: 'twice_' });
    await smart('twice_').apply({ type: 'saveSegment', segment: { id: 's', title: 'S', rule: null } });
    await Promise.all([migrate(db, { prefix: 'twice_' }), migrate(db, { prefix: 'twice_' })]);
    expect((await smart('twice_').reconcile()).revision).toBe(1);
  });

  test('migrationSql returns the statements that migrate runs', async () => {
    await migrate(db, { prefix: 'made_' });
    for (const statement of migrationSql('postgres', { prefix: 'said_' }).split(';\n\n')) await db.query(statement);
    const made = await columnsOf('made_');
    expect(made.length).toBeGreaterThan(20);
    expect(await columnsOf('said_')).toEqual(made);
    expect((await smart('said_').reconcile()).revision).toBe(0);
  });

  test.each(['mysql', 'sqlite'] as const)('migrationSql returns only SQL of the dialect %s', (dialect) => {
    expect(migrationSql(dialect, { prefix: 'p_' })).toMatchSnapshot();
  });

  test.each(['integer', 'uuid'] as const)(
    'migrate creates the column of learner ids for ids of kind %s',
    async (learnerIds) => {
      const prefix = `${learnerIds}_`;
      await migrate(db, { prefix, learnerIds });
      const columns = (await columnsOf(prefix)) as { name: string; column_name: string; data_type: string }[];
      const type = columns.find(
        ({ name, column_name }) => name === 'learners' && column_name === 'learner_id',
      )?.data_type;
      expect(type).toBe({ integer: 'bigint', uuid: 'uuid' }[learnerIds]);
    },
  );
});

const UUID = '0b6ef4a8-5c0d-4b8e-9f5c-0a1b2c3d4e5f';

describe('tables that the library cannot use', () => {
  const causeOf = async (run: Promise<unknown>): Promise<string> => {
    const error = (await run.then(
      () => undefined,
      (reason: unknown) => reason,
    )) as { cause?: { message?: string } };
    return String(error.cause?.message);
  };

  test('missing tables are an error that advises to run migrate', async () => {
    expect(await causeOf(smart('nowhere_').reconcile())).toContain(
      "Run migrate(driver, { prefix }) to create the library's tables",
    );
  });

  test('tables for another kind of learner ids are an error that names both kinds', async () => {
    await migrate(db, { prefix: 'numbers_', learnerIds: 'integer' });
    for (const run of [smart('numbers_', 'uuid').reconcile(), smart('numbers_', 'uuid').learnersChanged([UUID])]) {
      const message = await causeOf(run);
      expect(message).toContain('learner ids of kind integer, not uuid');
      expect(message).toContain('DROP TABLE "numbers_schema", "numbers_catalog"');
    }
    await expect(migrate(db, { prefix: 'numbers_', learnerIds: 'uuid' })).rejects.toThrow(
      'learner ids of kind integer, not uuid',
    );
  });

  test('an id that is not a uuid is rejected, and a uuid is accepted in any case', async () => {
    await migrate(db, { prefix: 'upper_', learnerIds: 'uuid' });
    const upper = createSqlRepositories({ driver: db, host: hostOf('uuid'), prefix: 'upper_' });
    await expect(upper.transaction([`${UUID} `], async () => undefined)).rejects.toThrow(
      /is not of the kind of this host's ids, uuid/u,
    );
    expect(await upper.transaction([UUID.toUpperCase()], async () => 'done')).toBe('done');
  });
});

describe('names', () => {
  test.each(['', '1_', 'a b', 'x"; DROP TABLE m_users; --', `${'x'.repeat(41)}`, 'a.b.c'])(
    'migrate rejects the prefix %j',
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

  test("the host's names are quoted, whatever they contain", async () => {
    await db.query('CREATE TABLE "select ""from"" users" ("order" text PRIMARY KEY, "group by" jsonb)');
    await db.query(`INSERT INTO "select ""from"" users" VALUES ('u', '{"site":"Bristol"}')`);
    const host = sqlHost({
      learners: { table: 'select "from" users', id: 'order', json: 'group by' },
      courses: { table: 'm_courses', id: 'id', enrolmentMethod: 'method' },
    });
    expect(await host.page(db, { limit: 9 })).toEqual([{ id: 'u', profile: { site: 'Bristol' } }]);
  });

  test.each(['a..b', 'x\0y', 'y'.repeat(64)])('sqlHost rejects the column name %j', (column) => {
    const tables = {
      learners: { table: 'm_users', id: column },
      courses: { table: 'm_courses', id: 'id', enrolmentMethod: 'method' },
    };
    expect(() => sqlHost(tables)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
