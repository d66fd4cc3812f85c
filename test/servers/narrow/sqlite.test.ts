import { afterAll, describe, expect, test } from 'vitest';
import { all, field, not, type Rule } from '../../../src/core.js';
import { fromBetterSqlite3 } from '../../../src/sql/index.js';
import { peer } from '../peer.js';
import { type Column, findEach, findIn, makeColumn } from './column.js';

const f = field('f');

describe('narrowing on SQLite', () => {
  const sqlite = new (peer('better-sqlite3'))(':memory:');
  const db = fromBetterSqlite3(sqlite);
  afterAll(() => sqlite.close());
  const made = async (column: Omit<Column, 'table'>): Promise<Column> => {
    const it = { table: 't', ...column };
    await makeColumn(db, it);
    return it;
  };

  test.each(['TEXT', 'TEXT COLLATE NOCASE', 'TEXT COLLATE RTRIM', 'VARCHAR(9)', 'BLOB', ''])(
    'text in a column of type "%s" is compared byte by byte',
    async (definition) => {
      for (const index of [true, false]) {
        const values = [`'cafe'`, `'CAFE'`, `'café'`, `'x '`, `'x'`, 'NULL', `'1'`, '1', `''`];
        const column = await made({ definition, type: 'text', values, index });
        const rules = [f.equals('cafe'), f.contains('é'), f.in(['x', 'é']), f.equals('1'), f.blank()];
        for (const { rule, missed, found, wanted } of await findEach(db, column, [
          ...rules,
          ...rules.map((one) => not(one)),
        ]))
          expect([rule, missed, found.length]).toEqual([rule, [], wanted]);
      }
    },
  );

  const ofNumbers: Rule[] = [0, 0.1, 0.3, -1, 1e15, 1e300, 9007199254740992, 12345.678].flatMap((value) => [
    ...[f.equals(value), f.lt(value), f.lte(value), f.gt(value), f.gte(value), f.in([value, 7])],
  ]);
  test.each(['INTEGER', 'REAL', 'NUMERIC', 'TEXT', '', 'BLOB', 'DECIMAL(9, 2)'])(
    'rules on numbers in a column of type "%s", with text among them, lose no learner',
    async (definition) => {
      const values = [
        '0',
        '0.1',
        '0.30000000000000004',
        '-1',
        '7',
        '1e15',
        '1e300',
        '9007199254740993',
        `'x'`,
        `'7'`,
        `''`,
        'NULL',
        '9e999',
      ];
      const column = await made({ definition, type: 'number', values, index: true });
      const rules = [...ofNumbers, ...ofNumbers.map((rule) => not(rule)), f.blank(), not(f.blank())];
      for (const { rule, missed } of await findEach(db, column, rules)) expect([rule, missed]).toEqual([rule, []]);
    },
  );

  const series = 'WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 6000) SELECT';

  test('a rule that few of many numbers satisfy finds only those', async () => {
    for (const definition of ['INTEGER', 'REAL', 'NUMERIC', '']) {
      const column = await made({
        definition,
        type: 'number',
        values: { select: `${series} i, i FROM s` },
        index: true,
      });
      const rules = [f.equals(17), f.in([1, 17, 5999, 7000]), f.gt(5990), not(f.lte(5990)), all(f.gte(3), f.lt(5))];
      const found = await findEach(db, column, rules);
      expect([definition, ...found.map((one) => one.found.length)]).toEqual([definition, 1, 3, 10, 10, 2]);
    }
  });

  test.each(['DATE', 'TEXT', 'DATETIME'])(
    'rules on few or many dates in a column of type %s lose no learner',
    async (definition) => {
      const values = [
        `'2026-03-01'`,
        `'2026-03-01 00:00:00'`,
        `'2026-03-01T02:00:00+02:00'`,
        `'soon'`,
        'NULL',
        '20260301',
      ];
      const few = await made({ definition, type: 'date', values });
      const rules = [f.lte('2026-03-01'), f.gt('2026-02-28'), f.equals('2026-03-01'), f.lte('9999-12-31')];
      for (const { rule, missed } of await findEach(db, few, [...rules, ...rules.map((one) => not(one))]))
        expect([rule, missed]).toEqual([rule, []]);
      const many = await made({
        definition,
        type: 'date',
        values: { select: `${series} i, date('2010-01-01', i || ' days') FROM s` },
      });
      for (const { rule, missed } of await findEach(db, many, rules)) expect([rule, missed]).toEqual([rule, []]);
    },
  );

  test.each(['BOOLEAN', 'INTEGER', 'TEXT', ''])(
    'rules on booleans in a column of type "%s" lose no learner',
    async (definition) => {
      const column = await made({
        definition,
        type: 'boolean',
        values: ['0', '1', '2', `'true'`, '0.5', 'NULL', `''`],
      });
      const rules = [f.equals(true), f.equals(false), f.blank()];
      for (const { rule, missed } of await findEach(db, column, [...rules, ...rules.map((one) => not(one))]))
        expect([rule, missed]).toEqual([rule, []]);
    },
  );

  test('every rule finds the learners whose row cannot be read', async () => {
    await db.query('CREATE TABLE poisoned (id INT, v INT, profile TEXT)');
    await db.query(`INSERT INTO poisoned VALUES (1, 1, '{}'), (2, 2, '[1]'), (3, 3, NULL), (4, 4, '{}'), (4, 5, '{}'),
      (5, 6, json_object('a', printf('%.300000c', 'x'))), (6, 7, '{"a": "b"}'), (7, 8, '{"a":')`);
    const learners = { table: 'poisoned', id: 'id', ids: 'integer', columns: { f: 'v' }, json: 'profile' } as const;
    const courses = { table: 'poisoned', id: 'id', enrolmentMethod: 'id' };
    const fields = [
      { id: 'f', type: 'number' },
      { id: 'a', type: 'text' },
    ] as const;
    const rules = [f.equals(1), field('a').equals('b')];
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
