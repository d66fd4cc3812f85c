import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ColumnsFacts, columnFacts } from '../../../src/sql/host/columns/column-facts.js';
import { fromBetterSqlite3, type SqlDriver } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { connect } from '../repositories/connect.js';

const P = `facts${process.pid}_`;
const { postgres, mariadb } = inject('missing');

/** The names of the columns for which a fact is true. */
const which = (facts: ColumnsFacts, columns: readonly string[], fact: 'isExact' | 'isIndexed' | 'isUnique'): string[] =>
  columns.filter((column) => facts(column)?.[fact]);

async function runAll(db: SqlDriver, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await db.query(statement);
}

describe.skipIf(postgres !== '')('column facts on PostgreSQL', () => {
  const { driver: db, end } = connect({ dialect: 'postgres', prefix: P });
  beforeAll(() =>
    runAll(db, [
      `CREATE SCHEMA ${P}s`,
      `CREATE COLLATION ${P}s.loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`,
      `CREATE DOMAIN ${P}s.money AS numeric(10, 2)`,
      `CREATE DOMAIN ${P}s.price AS ${P}s.money`,
      `CREATE TYPE ${P}s.mood AS ENUM ('a', 'b')`,
      `CREATE DOMAIN ${P}s.tags AS text[]`,
      `CREATE TABLE ${P}s.t (id text PRIMARY KEY, org int, a text COLLATE ${P}s.loose, b varchar(5) COLLATE "C", c ${P}s.price, e ${P}s.mood,
        l ${P}s.mood[], tags ${P}s.tags, ch char(3), n numeric, "Odd ""name" int)`,
      `CREATE INDEX ON ${P}s.t (b, c)`,
      `CREATE INDEX ON ${P}s.t (n) WHERE n > 0`,
      `CREATE UNIQUE INDEX ON ${P}s.t (org, "Odd ""name")`,
      `CREATE UNIQUE INDEX ON ${P}s.t (lower(b))`,
      `CREATE VIEW ${P}s.v AS SELECT * FROM ${P}s.t`,
    ]),
  );
  afterAll(async () => {
    await db.query(`DROP SCHEMA ${P}s CASCADE`);
    await end();
  });
  const all = ['id', 'org', 'a', 'b', 'c', 'e', 'l', 'tags', 'ch', 'n', 'Odd "name'];

  test('types are resolved through domains and arrays', async () => {
    const facts = await columnFacts(db, { table: `${P}s.t` });
    const kind = (column: string) => [facts(column)?.type, facts(column)?.isArray, facts(column)?.isEnum];
    expect(all.map(kind)).toEqual([
      ...[
        ['text', false, false],
        ['int4', false, false],
        ['text', false, false],
        ['varchar', false, false],
      ],
      ...[
        ['numeric', false, false],
        ['mood', false, true],
        ['mood', true, true],
        ['text', true, false],
      ],
      ...[
        ['bpchar', false, false],
        ['numeric', false, false],
        ['int4', false, false],
      ],
    ]);
    expect([facts('c')?.precision, facts('n')?.precision]).toEqual([10, null]);
    expect([facts('a')?.collation, facts('b')?.collation, facts('ch')?.declared]).toEqual([
      'loose',
      'C',
      'character(3)',
    ]);
  });

  test('indexes and deterministic collations are recognised, and a tenant column is ignored for uniqueness', async () => {
    const facts = await columnFacts(db, { table: `${P}s.t`, tenant: 'org' });
    expect(which(facts, all, 'isExact')).toEqual(['id', 'b']);
    expect(which(facts, all, 'isIndexed')).toEqual(['id', 'org', 'b']);
    expect(which(facts, all, 'isUnique')).toEqual(['id', 'Odd "name']);
    expect(which(await columnFacts(db, { table: `${P}s.t` }), all, 'isUnique')).toEqual(['id']);
  });

  test('a view has types and no indexes, an unknown table has no facts, and the transaction stays usable', async () => {
    const view = await columnFacts(db, { table: `${P}s.v` });
    expect([view('a')?.isExact, view('b')?.isExact, view('b')?.isIndexed, view('c')?.type]).toEqual([
      ...[false, true, false, 'numeric'],
    ]);
    await db.transaction(async (tx) => {
      expect((await columnFacts(tx, { table: `${P}s.none` }))('id')).toBeUndefined();
      expect((await columnFacts(tx, { table: `${P}s.t` }))('id')?.type).toBe('text');
    });
  });
});

describe.skipIf(mariadb !== '')('column facts on MariaDB', () => {
  const { driver: db, end } = connect({ dialect: 'mysql', prefix: P });
  beforeAll(() =>
    runAll(db, [
      `CREATE TABLE ${P}t (id varchar(20) PRIMARY KEY, org int, no int unsigned, a varchar(20) CHARACTER SET latin1, b varchar(10) COLLATE utf8mb4_bin,
        c varchar(10) COLLATE utf8mb4_nopad_bin, d decimal(10, 2), e enum('x'), bi bit(1), t tinyint(1), v varbinary(10), INDEX (c), INDEX (a(3)),
        UNIQUE (org, no), UNIQUE (b, d))`,
      `CREATE VIEW ${P}v AS SELECT id, a FROM ${P}t`,
    ]),
  );
  afterAll(async () => {
    await runAll(db, [`DROP VIEW ${P}v`, `DROP TABLE ${P}t`]);
    await end();
  });
  const all = ['id', 'org', 'no', 'a', 'B', 'c', 'd', 'e', 'bi', 't', 'v'];

  test('types, character sets and indexes are read whatever the case of a column name', async () => {
    const facts = await columnFacts(db, { table: `${P}t`, tenant: 'org' });
    expect(all.map((column) => facts(column)?.declared)).toEqual([
      ...['varchar(20)', 'int(11)', 'int(10) unsigned', 'varchar(20)', 'varchar(10)', 'varchar(10)'],
      ...['decimal(10,2)', "enum('x')", 'bit(1)', 'tinyint(1)', 'varbinary(10)'],
    ]);
    expect([facts('a')?.charset, facts('b')?.collation, facts('d')?.precision]).toEqual(['latin1', 'utf8mb4_bin', 10]);
    expect(which(facts, all, 'isExact')).toEqual(['c', 'v']);
    expect(which(facts, all, 'isIndexed')).toEqual(['id', 'org', 'B', 'c']);
    expect(which(facts, all, 'isUnique')).toEqual(['id', 'no']);
  });

  test('a view has the facts of its columns, and no indexes', async () => {
    const { database } = (await db.query<{ database: string }>('SELECT DATABASE() AS `database`'))[0]!;
    const facts = await columnFacts(db, { table: `${database}.${P}v` });
    expect([facts('a')?.charset, facts('id')?.isUnique]).toEqual(['latin1', false]);
  });
});

describe('column facts on SQLite', () => {
  const sqlite = new (peer('better-sqlite3'))(':memory:');
  const db = fromBetterSqlite3(sqlite);
  sqlite.exec(`CREATE TABLE t (id TEXT PRIMARY KEY, org INT, no INT, a VARCHAR(10) COLLATE NOCASE, d DATE, r REAL, x, UNIQUE (org, no));
    CREATE INDEX i ON t (a); CREATE INDEX j ON t (d, r); CREATE INDEX k ON t (r) WHERE r > 0; CREATE TABLE p (n INTEGER PRIMARY KEY, b)`);
  afterAll(() => sqlite.close());

  test('affinities are derived from the declared type, and only indexes that compare bytes count', async () => {
    const facts = await columnFacts(db, { table: 't', tenant: 'org' });
    const all = ['ID', 'org', 'no', 'a', 'd', 'r', 'x'];
    expect(all.map((column) => facts(column)?.type)).toEqual([
      ...['text', 'integer', 'integer', 'text', 'numeric', 'real', 'blob'],
    ]);
    expect(which(facts, all, 'isIndexed')).toEqual(['ID', 'org', 'd']);
    expect(which(facts, all, 'isUnique')).toEqual(['ID', 'no']);
    const rowid = (await columnFacts(db, { table: 'main.p' }))('n');
    expect([rowid?.isIndexed, rowid?.isUnique]).toEqual([true, true]);
  });
});
