import { describe, expect, test } from 'vitest';
import {
  fromBetterSqlite3,
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromLibsql,
  fromMikroOrm,
  fromMysql2,
  fromNodeSqlite,
  fromPg,
  fromPglite,
  fromPostgresJs,
  fromPrisma,
  fromSequelize,
  fromTypeOrm,
} from '../../../src/sql/index.js';

const sql = { raw: () => 0, param: () => 0, join: () => 0 };
const wrappers: Readonly<Record<string, (db: never) => unknown>> = {
  fromPg,
  fromPglite,
  fromPostgresJs,
  fromMysql2,
  fromNodeSqlite,
  fromBetterSqlite3,
  fromKysely: (db) => fromKysely(db, { dialect: 'postgres' }),
  fromDrizzle: (db) => fromDrizzle(db, sql),
  fromKnex,
  fromPrisma,
  fromTypeOrm,
  fromSequelize,
  fromMikroOrm,
  fromLibsql,
};

describe.each(Object.entries(wrappers))('%s', (name, wrap) => {
  test.each([
    ['nothing', undefined],
    ['a string', 'postgres://localhost'],
    ['an object without the methods', { connect() {}, options: {} }],
  ])('the wrapper rejects %s, and the error names what to pass', (_, given) => {
    expect(() => wrap(given as never)).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringMatching(`Pass .*${name}`) }),
    );
  });
});

describe('a database', () => {
  const drizzle = { execute() {}, transaction() {} } as never;
  const kysely = { withoutPlugins() {}, executeQuery() {}, transaction() {}, isTransaction: false } as never;
  const prisma = { $queryRawUnsafe() {}, $executeRawUnsafe() {} } as never;
  test.each([
    ['Kysely', () => fromKysely(kysely, undefined as never)],
    ['Kysely', () => fromKysely(kysely, { dialect: 'mssql' as never })],
    ['Drizzle', () => fromDrizzle(drizzle, sql, { dialect: 'sqlite' as never })],
    ['Prisma', () => fromPrisma(prisma, { dialect: 'sqlite' as never })],
  ])('the wrapper of %s rejects a dialect that it does not support, and lists those that it does', (_, wrap) => {
    expect(wrap).toThrow(/dialect: expected one of postgres, mysql/u);
  });

  test('fromPrisma lists all issues of its client and options', () => {
    const options = { dialect: 'sqlite', timeout: -1, maxWait: Number.NaN, maxwait: 1 };
    expect(() => fromPrisma({} as never, options as never)).toThrow(
      expect.objectContaining({
        details: {
          issues: [
            expect.objectContaining({ code: 'wrong_type', path: ['db'] }),
            expect.objectContaining({ code: 'unknown_key', path: ['maxwait'] }),
            expect.objectContaining({ code: 'wrong_type', path: ['dialect'] }),
            expect.objectContaining({ code: 'wrong_type', path: ['timeout'] }),
            expect.objectContaining({ code: 'wrong_type', path: ['maxWait'] }),
          ],
        },
      }),
    );
  });

  test.each([
    ['Knex', () => fromKnex({ raw() {}, transaction() {}, client: { dialect: 'oracledb' } } as never)],
    ['TypeORM', () => fromTypeOrm({ createQueryRunner() {}, options: { type: 'oracle' }, manager: {} } as never)],
    ['Sequelize', () => fromSequelize({ query() {}, transaction() {}, getDialect: () => 'mssql' } as never)],
    [
      'MikroORM',
      () => fromMikroOrm({ getConnection() {}, getTransactionContext() {}, getPlatform: () => ({}) } as never),
    ],
    ['libSQL', () => fromLibsql({ execute() {} } as never)],
    ['mysql2', () => fromMysql2({ query() {}, execute() {}, promise() {} } as never)],
  ])('the wrapper rejects a client of an unsupported kind: %s', (_, wrap) => {
    expect(wrap).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  test('fromSequelize rejects a wrong transaction, and the error names what to pass', () => {
    const sequelize = { query() {}, transaction() {}, getDialect: () => 'postgres' } as never;
    expect(() => fromSequelize(sequelize, { transaction: {} as never })).toThrow(
      /transaction: It lacks the methods commit, rollback\. Pass .* to fromSequelize/u,
    );
    expect(fromSequelize(sequelize, { transaction: null }).inTransaction).toBe(false);
  });

  test('fromNodeSqlite accepts a busyTimeout of 0', () => {
    const sqlite = { prepare: () => ({ all: () => [] }), isTransaction: false };
    expect(fromNodeSqlite(sqlite, { busyTimeout: 0 }).dialect).toBe('sqlite');
  });

  test('fromDrizzle rejects a database without the sql of drizzle-orm', () => {
    expect(() => fromDrizzle(drizzle, undefined as never)).toThrow(/It lacks the methods raw, param, join/u);
  });
});
