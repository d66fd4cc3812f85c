import { afterAll, describe, expect, inject, test } from 'vitest';
import { all, field, type Rule } from '../../../src/core.js';
import { fromBetterSqlite3, type SqlDriver, type SqlParameter } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { connect } from '../repositories/connect.js';
import { type Column, findEach, makeColumn } from './column.js';

const T = `indexed${process.pid}`;
const f = field('f');

/** Returns the database's plan for a rule's last statement that returns learners. */
async function planOf(db: SqlDriver, column: Column, rule: Rule): Promise<string> {
  let last: readonly [string, readonly SqlParameter[]] = ['', []];
  const noting: SqlDriver = {
    ...{ dialect: db.dialect, inTransaction: false, transaction: (work) => db.transaction(work) },
    query: async <Row>(text: string, parameters: readonly SqlParameter[] = []) => {
      const rows = await db.query<Row>(text, parameters);
      const hasIds = /\d/u.test(JSON.stringify(rows));
      if (hasIds) last = [text, parameters];
      return rows;
    },
  };
  const [found] = await findEach(noting, column, [rule]);
  expect(found!.missed).toEqual([]);
  const explain = db.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  return JSON.stringify(await db.query(`${explain} ${last[0]}`, last[1]));
}

const MANY = 20_000;
const days = Array.from({ length: 50 }, (_, i) => new Date(Date.UTC(2000, 0, 2 + i)).toISOString().slice(0, 10));
/** A column of few distinct texts, of numbers or of dates, and rules that few of its rows satisfy. */
const CASES = [
  ['text', [f.equals('VALUE 7'), f.in(['value 7', 'value 8']), f.endsWith('77')]],
  ['number', [f.equals(7), f.in([7, 8]), f.lt(9), all(f.gt(10), f.lte(20)), f.in(days.map((_, i) => i))]],
  ['date', [f.equals('2000-01-09'), f.in(days), f.lt('2000-01-09'), all(f.gt('2000-01-09'), f.lte('2000-01-19'))]],
] as const;

describe.skipIf(inject('missing').postgres !== '')('an index on PostgreSQL', () => {
  const { driver: db, end } = connect({ dialect: 'postgres', prefix: '' });
  afterAll(async () => {
    await db.query(`DROP TABLE IF EXISTS ${T}`);
    await end();
  });
  const series = `FROM generate_series(1, ${MANY}) AS i`;
  test.each([
    ...(['text', 'varchar(40)', 'text COLLATE "C"'] as const).map(
      (definition) => [definition, `SELECT i, 'value ' || i % 1000 ${series}`, ...CASES[0]] as const,
    ),
    ...(['int', 'bigint', 'numeric', 'numeric(9, 2)', 'double precision', 'real'] as const).map(
      (definition) => [definition, `SELECT i, i ${series}`, ...CASES[1]] as const,
    ),
    ...(['date', 'timestamp', 'timestamptz'] as const).map(
      (definition) => [definition, `SELECT i, DATE '2000-01-01' + i ${series}`, ...CASES[2]] as const,
    ),
  ])('an index on a column of type %s is used for its rules', async (definition, select, type, rules) => {
    const column = { table: T, definition, type, values: { select }, index: true };
    await makeColumn(db, column);
    await db.query(`ANALYZE ${T}`);
    for (const rule of rules) {
      const plan = await planOf(db, column, rule);
      expect([rule, plan.includes(`${T}_v`), plan.includes('Seq Scan')]).toEqual([rule, true, false]);
    }
  });
});

describe.skipIf(inject('missing').mariadb !== '')('an index on MariaDB', () => {
  const { driver: db, end } = connect({ dialect: 'mysql', prefix: '' });
  afterAll(async () => {
    await db.query(`DROP TABLE IF EXISTS ${T}`);
    await end();
  });
  test.each([
    ...(['varchar(40)', 'varchar(40) CHARACTER SET latin1', 'varchar(40) COLLATE utf8mb4_bin'] as const).map(
      (definition) =>
        [definition, `SELECT seq, CONCAT('value ', seq % 1000) FROM seq_1_to_${MANY}`, ...CASES[0]] as const,
    ),
    ...(['int', 'bigint unsigned', 'decimal(9,2)', 'decimal(40,10)', 'double', 'float'] as const).map(
      (definition) => [definition, `SELECT seq, seq FROM seq_1_to_${MANY}`, ...CASES[1]] as const,
    ),
    ...(['date', 'datetime'] as const).map(
      (definition) =>
        [definition, `SELECT seq, DATE '2000-01-01' + INTERVAL seq DAY FROM seq_1_to_${MANY}`, ...CASES[2]] as const,
    ),
  ])('an index on a column of type %s is used for its rules', async (definition, select, type, rules) => {
    const column = { table: T, definition, type, values: { select }, index: true };
    await makeColumn(db, column);
    await db.query(`ANALYZE TABLE ${T}`);
    for (const rule of rules) {
      const plan = await planOf(db, column, rule);
      expect([rule, plan.includes(`"key":"${T}_v"`), plan]).toEqual([rule, true, plan]);
    }
  });
});

describe('an index on SQLite', () => {
  const sqlite = new (peer('better-sqlite3'))(':memory:');
  const db = fromBetterSqlite3(sqlite);
  afterAll(() => sqlite.close());
  const series = `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${MANY})`;
  test.each([
    ['TEXT', `${series} SELECT i, 'value ' || (i % 1000) FROM s`, ...CASES[0]],
    ['INTEGER', `${series} SELECT i, i FROM s`, ...CASES[1]],
    ['REAL', `${series} SELECT i, i FROM s`, ...CASES[1]],
  ] as const)('an index on a column of type %s is used for its rules', async (definition, select, type, rules) => {
    const column = { table: T, definition, type, values: { select }, index: true };
    await makeColumn(db, column);
    await db.query('ANALYZE');
    for (const rule of rules) {
      const plan = await planOf(db, column, rule);
      // SQLite cannot estimate a half-open range with a parameter, and may prefer the order of ids.
      const isOpen = 'op' in rule && rule.op === 'lt';
      expect([rule, isOpen || plan.includes(`INDEX ${T}_v`)]).toEqual([rule, true]);
    }
  });
});
