import { afterAll, describe, expect, inject, test } from 'vitest';
import { all, any, field, not, type Rule } from '../../../src/core.js';
import { connect } from '../repositories/connect.js';
import { type Column, findEach, findIn, makeColumn } from './column.js';

const T = `narrow${process.pid}`;
const f = field('f');

describe.skipIf(inject('missing').mariadb !== '')('narrowing on MariaDB', () => {
  const { driver: db, end } = connect({ dialect: 'mysql', prefix: '' });
  afterAll(async () => {
    await db.query(`DROP TABLE IF EXISTS ${T}, ${T}_poisoned`);
    await end();
  });
  const made = async (column: Omit<Column, 'table'>): Promise<Column> => {
    const it = { table: T, ...column };
    await makeColumn(db, it);
    return it;
  };

  test.each([
    'varchar(40) CHARACTER SET latin1',
    'varchar(40) CHARACTER SET latin1 COLLATE latin1_bin',
    'varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin',
    'varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci',
    'varchar(40) CHARACTER SET utf8mb4 COLLATE uca1400_ai_ci',
    'char(40) CHARACTER SET utf8mb4',
    'text CHARACTER SET latin1',
    `enum('Málaga', 'Malaga', 'x') CHARACTER SET latin1 COLLATE latin1_bin`,
  ])('text in a column of type %s is compared byte by byte', async (definition) => {
    const few = definition.startsWith('enum');
    const values = [`'Málaga'`, `'Malaga'`, 'NULL', `'x'`, ...(few ? [] : [`'MALAGA'`, `'x '`, `'málaga'`])];
    const column = await made({ definition, type: 'text', values, index: !definition.startsWith('text') });
    const rules = [f.equals('Málaga'), f.equals('malaga'), f.contains('á'), f.in(['x', 'Malaga']), f.blank()];
    for (const { rule, missed, found, wanted } of await findEach(db, column, [
      ...rules,
      ...rules.map((one) => not(one)),
    ]))
      expect([rule, missed, found.length]).toEqual([rule, [], wanted]);
  });

  test('long lists of texts are compared in the column’s own character set, and byte by byte', async () => {
    const select = `SELECT seq, CONCAT('vä', seq) FROM seq_1_to_1000`;
    const column = await made({
      definition: 'varchar(40) CHARACTER SET latin1',
      type: 'text',
      values: { select },
      index: true,
    });
    const rule = f.in(Array.from({ length: 500 }, (_, i) => `VÄ${i}`));
    for (const { missed, found, wanted } of await findEach(db, column, [rule, not(rule)]))
      expect([missed, found.length]).toEqual([[], wanted]);
  });

  const ofNumbers: Rule[] = [0, 0.1, 0.3, -1, 1e15, 1e300, 9007199254740992, 12345.678].flatMap((value) => [
    ...[f.equals(value), f.lt(value), f.lte(value), f.gt(value), f.gte(value), f.in([value, 7])],
  ]);
  test.each([
    ['tinyint', ['0', '1', '-1', '7', 'NULL']],
    ['int unsigned', ['0', '1', '7', '4294967295', 'NULL']],
    ['bigint', ['0', '7', '9007199254740991', '9007199254740993', '-9223372036854775808', 'NULL']],
    ['bigint unsigned', ['0', '7', '9007199254740993', '18446744073709551615', 'NULL']],
    ['decimal(12, 3)', ['0', '0.1', '-1', '7', '12345.678', 'NULL']],
    ['decimal(40, 20)', ['0', '0.1', '0.10000000000000000001', '0.3', '7', '12345.678', '9007199254740993', 'NULL']],
    ['double', ['0', '0.1', '0.30000000000000004', '-1', '7', '1e15', '1e300', '12345.678', 'NULL']],
    ['float', ['0', '0.1', '-1', '7', '12345.678', '16777216', 'NULL']],
  ])('numbers in a column of type %s are compared as they are read', async (definition, values) => {
    const column = await made({ definition, type: 'number', values, index: true });
    const rules = [...ofNumbers, ...ofNumbers.map((rule) => not(rule)), f.blank(), not(f.blank())];
    for (const { rule, missed } of await findEach(db, column, rules)) expect([rule, missed]).toEqual([rule, []]);
  });

  test('a rule that few of many numbers satisfy finds only those', async () => {
    const select = 'SELECT seq, seq FROM seq_1_to_6000';
    const many = Array.from({ length: 200 }, (_, i) => 5_900 + i);
    for (const definition of ['int', 'bigint', 'decimal(9,2)', 'decimal(40,10)', 'double', 'float']) {
      const column = await made({ definition, type: 'number', values: { select }, index: true });
      const rules = [
        f.equals(17),
        f.in([1, 17, 5999, 7000]),
        f.in(many),
        f.gt(5990),
        not(f.lte(5990)),
        all(f.gte(3), f.lt(5)),
      ];
      const found = await findEach(db, column, rules);
      expect([definition, ...found.map((one) => one.found.length)]).toEqual([definition, 1, 3, 101, 10, 10, 2]);
    }
  });

  test.each(['date', 'datetime', 'datetime(6)', 'timestamp(6) NULL', 'varchar(40)'])(
    'rules on dates in a column of type %s, unusual ones included, lose no learner',
    async (definition) => {
      const values = ['2026-03-01', '2026-02-28', '1999-12-31'];
      if (definition !== 'date') values.push('2026-03-01 00:00:00.000001', '2026-02-28 23:59:59.999999');
      if (!definition.startsWith('timestamp'))
        values.push('0000-00-00', '2026-00-15', '2026-03-00', '2026-02-31', '9999-12-31', '0001-01-01');
      const column = { definition, type: 'date', values: [] as string[] } as const;
      await db.query(`DROP TABLE IF EXISTS ${T}`);
      await db.query(`CREATE TABLE ${T} (id bigint PRIMARY KEY, v ${definition}, KEY (v))`);
      const rows = [...values.map((value, i) => `(${i}, '${value}')`), '(99, NULL)'];
      // In one statement, since the mode is a setting of one connection of the pool.
      await db.query(`SET STATEMENT sql_mode = 'ALLOW_INVALID_DATES' FOR INSERT INTO ${T} VALUES ${rows.join(', ')}`);
      const rules: Rule[] = [
        '2026-03-01',
        '2026-03-01T00:00:00.000000500Z',
        '0000-01-01',
        '9999-12-31',
        '0001-01-01',
      ].flatMap((value) => [
        f.equals(value),
        f.lt(value),
        f.lte(value),
        f.gt(value),
        f.gte(value),
        f.in([value, '1999-12-31']),
      ]);
      const asked = [...rules, ...rules.map((rule) => not(rule)), f.blank(), not(f.blank())];
      for (const { rule, missed } of await findEach(db, { table: T, ...column }, asked))
        expect([rule, missed]).toEqual([rule, []]);
    },
  );

  test('a rule that few of many dates satisfy finds only those', async () => {
    const select = `SELECT seq, DATE '2000-01-01' + INTERVAL seq DAY FROM seq_1_to_6000`;
    const many = Array.from({ length: 100 }, (_, i) => new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10));
    for (const definition of ['date', 'datetime', 'datetime(3)']) {
      const column = await made({ definition, type: 'date', values: { select }, index: true });
      const rules = [
        f.equals('2001-02-03'),
        f.in(['2001-02-03', '2001-02-04']),
        f.in(many),
        f.lt('2000-01-05'),
        not(f.gte('2000-01-05')),
      ];
      const found = await findEach(db, column, rules);
      expect([definition, ...found.map((one) => one.found.length)]).toEqual([definition, 1, 2, 100, 3, 3]);
    }
  });

  test.each([
    ['tinyint(1)', 'boolean', ['0', '1', '2', 'NULL']],
    ['varchar(9)', 'boolean', [`'true'`, `'1'`, 'NULL']],
    [`set('a', 'b')`, 'text', [`'a'`, `'a,b'`, `''`, 'NULL']],
    ['json', 'text', [`'"a"'`, `'["a"]'`, 'NULL']],
    ['varbinary(9)', 'text', [`'a'`, `x'ff'`, 'NULL']],
    ['time', 'text', [`'10:00:00'`, 'NULL']],
  ] as const)(
    'rules on a column of type %s for a field of type %s lose no learner',
    async (definition, type, values) => {
      const column = await made({ definition, type, values });
      const rules = [f.equals((type === 'boolean' ? true : 'a') as never), f.blank()];
      for (const { rule, missed } of await findEach(db, column, [...rules, ...rules.map((one) => not(one))]))
        expect([rule, missed]).toEqual([rule, []]);
    },
  );

  test('3,000 distinct texts and 8 conditions of one rule fit a statement', async () => {
    const select = `SELECT seq, CONCAT('value ', seq) FROM seq_1_to_3000`;
    const column = await made({ definition: 'varchar(40)', type: 'text', values: { select } });
    const rule = any(...['v', 'a', 'l', 'u', 'e', 'va', 'al', 'lu'].map((part) => f.contains(part)));
    for (const { missed, found, wanted } of await findEach(db, column, [rule, not(rule)]))
      expect([missed, found.length]).toEqual([[], wanted]);
  });

  test('every rule finds the learners whose row cannot be read', async () => {
    await db.query(`CREATE TABLE ${T}_poisoned (id int, v date, profile longtext)`);
    await db.query(`INSERT INTO ${T}_poisoned VALUES (1, '2026-01-01', '{}'), (2, '2026-01-02', '[1]'), (3, '2026-01-03', NULL),
      (4, '2026-01-04', '{}'), (4, '2026-01-05', '{}'), (5, '2026-01-06', CONCAT('{"a":"', REPEAT('x', 300000), '"}')), (6, '2026-01-07', '{"a": "b"}'),
      (7, '2026-01-08', '{"a":')`);
    const learners = {
      table: `${T}_poisoned`,
      id: 'id',
      ids: 'integer',
      columns: { f: 'v' },
      json: 'profile',
    } as const;
    const courses = { table: `${T}_poisoned`, id: 'id', enrolmentMethod: 'id' };
    const fields = [
      { id: 'f', type: 'date' },
      { id: 'a', type: 'text' },
    ] as const;
    const rules = [f.equals('2026-01-01'), field('a').equals('b')];
    for (const { rule, missed, found } of await findIn(db, { learners, fields, courses }, rules, [
      '2',
      '4',
      '5',
      '7',
    ])) {
      expect([rule, missed]).toEqual([rule, []]);
      expect(found.length).toBe(5);
    }
  });
});
