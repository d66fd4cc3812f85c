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
  test('makes the tables, does nothing the second time, and keeps what is in them', async () => {
    await migrate(db, { prefix: 'twice_' });
    await smart('twice_').apply({ type: 'saveSegment', segment: { id: 's', title: 'S', rule: null } });
    await Promise.all([migrate(db, { prefix: 'twice_' }), migrate(db, { prefix: 'twice_' })]);
    expect((await smart('twice_').reconcile()).revision).toBe(1);
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
    await expect(migrate(db, { prefix: 'numbers_', learnerIds: 'uuid' })).rejects.toThrow(
      'ids of learners that are integer, not uuid',
    );
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
