import { describe, expect, test } from 'vitest';
import {
  fromBetterSqlite3,
  fromDrizzle,
  fromKnex,
  fromKysely,
  fromMysql2,
  fromNodeSqlite,
  fromPg,
  fromPglite,
  fromPostgresJs,
  fromPrisma,
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
};

describe.each(Object.entries(wrappers))('%s', (name, wrap) => {
  test.each([
    ['nothing', undefined],
    ['a string', 'postgres://localhost'],
    ['what has no method of its own', { connect() {}, options: {} }],
  ])('refuses %s, and says what to pass', (_, given) => {
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
  ])('that %s is not on is refused, with those it may be on', (_, wrap) => {
    expect(wrap).toThrow(/dialect: It is one of postgres, mysql/u);
  });

  test('and its client and options are refused with everything that is wrong', () => {
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
    ['mysql2', () => fromMysql2({ query() {}, execute() {}, promise() {} } as never)],
  ])('of a kind that no wrapper takes is refused: %s', (_, wrap) => {
    expect(wrap).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  test('may be waited for no time at all', () => {
    const sqlite = { prepare: () => ({ all: () => [] }), isTransaction: false };
    expect(fromNodeSqlite(sqlite, { busyTimeout: 0 }).dialect).toBe('sqlite');
  });

  test('is no Drizzle without the sql that goes with it', () => {
    expect(() => fromDrizzle(drizzle, undefined as never)).toThrow(/What was given has no raw, param, join/u);
  });
});
