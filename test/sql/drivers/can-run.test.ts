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

  test('is no Drizzle without the sql that goes with it', () => {
    expect(() => fromDrizzle(drizzle, undefined as never)).toThrow(/What was given has no raw, param, join/u);
  });
});
