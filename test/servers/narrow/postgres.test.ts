import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { all, any, field, not, type Rule } from '../../../src/core.js';
import type { SqlDriver } from '../../../src/sql/index.js';
import { connect } from '../repositories/connect.js';
import { type Column, findEach, findIn, makeColumn } from './column.js';

const S = `narrow${process.pid}`;
const database = { dialect: 'postgres', prefix: '' } as const;
const f = field('f');

describe.skipIf(inject('missing').postgres !== '')('narrowing on PostgreSQL', () => {
  const { driver: db, end } = connect(database);
  const ends = [end];
  /** Returns a driver whose sessions have these settings. */
  const withSettings = (options: string): SqlDriver => {
    const other = connect(database, { options });
    ends.push(other.end);
    return other.driver;
  };
  beforeAll(async () => {
    await db.query(`CREATE SCHEMA ${S}`);
    await db.query(`CREATE COLLATION ${S}.loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`);
  });
  afterAll(async () => {
    await db.query(`DROP SCHEMA ${S} CASCADE`);
    for (const one of ends) await one();
  });
  const made = async (column: Omit<Column, 'table'>): Promise<Column> => {
    const it = { table: `${S}.t`, ...column };
    await makeColumn(db, it);
    return it;
  };

  test('lte with the last of more than 5,000 distinct dates finds every learner', async () => {
    const select = `SELECT i, DATE '2000-01-01' + i FROM generate_series(0, 5000) AS i`;
    const column = await made({ definition: 'date', type: 'date', values: { select } });
    const [last] = await findEach(db, column, [f.lte('9999-12-31')]);
    expect(last!.found.length).toBe(5001);
  });

  test('rules on dates find the same learners under every DateStyle and TimeZone', async () => {
    // More than the library lists, so that the database compares them.
    const select = `SELECT i, DATE '2000-01-01' + i FROM generate_series(0, 5999) AS i`;
    const rules = [
      ...[f.lt('2005-01-01'), not(f.lt('2002-03-04'))],
      ...[f.equals('2001-02-03'), f.in(['2001-02-03', '2001-03-02'])],
    ];
    for (const definition of ['date', 'timestamp', 'timestamptz']) {
      const column = await made({ definition, type: 'date', values: { select } });
      for (const options of [
        '-c DateStyle=SQL,DMY',
        '-c DateStyle=German',
        '-c TimeZone=Asia/Kolkata -c DateStyle=SQL,MDY',
      ]) {
        for (const { missed, found, wanted } of await findEach(withSettings(options), column, rules)) {
          expect(missed).toEqual([]);
          expect(found.length).toBe(wanted);
        }
      }
    }
  });

  test('rules on a column with a nondeterministic collation lose no learner', async () => {
    const column = await made({
      definition: `text COLLATE ${S}.loose`,
      type: 'text',
      index: true,
      values: [`'cafe'`, `'café'`, `'CAFE'`, `'tea'`, 'NULL'],
    });
    for (const { missed, found, wanted } of await findEach(db, column, [
      not(f.equals('cafe')),
      f.equals('cafe'),
      f.equals('café'),
      not(f.contains('é')),
    ])) {
      expect(missed).toEqual([]);
      expect(found.length).toBe(wanted);
    }
  });

  const numbers = ['0', '1', '-1', '2.5', '0.1', '0.30000000000000004', '1e15', 'NULL', '7', '1e-7', '12345.678'];
  const ofNumbers: Rule[] = [0, 0.1, 0.3, -1, 1e15, 1e300, 9007199254740992, 12345.678].flatMap((value) => [
    ...[f.equals(value), f.lt(value), f.lte(value), f.gt(value), f.gte(value), f.in([value, 7])],
  ]);
  test.each([
    ['smallint', ['0', '1', '-1', 'NULL', '7', '32767']],
    ['bigint', ['0', '1', '7', '9007199254740991', '9007199254740993', '-9223372036854775808', 'NULL']],
    ['numeric', [...numbers, `'NaN'`, '0.100000000000000000001', '1e400', '9007199254740993', `'Infinity'`]],
    ['numeric(12, 3)', ['0', '2.5', '0.1', '7', `'NaN'`, 'NULL', '12345.678']],
    ['double precision', [...numbers, `'NaN'`, `'Infinity'`, `'-Infinity'`, '1e300']],
    ['real', [...numbers.map((one) => (one === 'NULL' ? one : `CAST(${one} AS real)`)), `'NaN'`]],
    ['text', [`'7'`, `'x'`, 'NULL']],
  ])('numbers in a column of type %s are compared as they are read', async (definition, values) => {
    const column = await made({ definition, type: 'number', values });
    const isFloat = ['real', 'double precision'].includes(definition);
    for (const options of isFloat ? ['', '-c extra_float_digits=0'] : ['']) {
      const rules = [...ofNumbers, ...ofNumbers.map((rule) => not(rule)), f.blank(), not(f.blank())];
      for (const { rule, missed } of await findEach(withSettings(options), column, rules))
        expect([rule, missed]).toEqual([rule, []]);
    }
  });

  test('a rule that few of many numbers satisfy finds only those', async () => {
    const select = 'SELECT i, i FROM generate_series(1, 6000) AS i';
    for (const definition of ['int', 'bigint', 'numeric', 'numeric(9, 2)', 'double precision', 'real']) {
      const column = await made({ definition, type: 'number', values: { select } });
      const rules = [f.equals(17), f.in([1, 17, 5999, 7000]), f.gt(5990), not(f.lte(5990)), all(f.gte(3), f.lt(5))];
      const found = await findEach(db, column, rules);
      expect([definition, ...found.map((one) => one.found.length)]).toEqual([definition, 1, 3, 10, 10, 2]);
    }
  });

  const instants = [
    ...[`'2026-03-01'`, `'2026-03-01 00:00:00.000001'`, `'2026-02-28 23:59:59.999999'`, `'infinity'`, `'-infinity'`],
    ...[`'0044-03-15 BC'`, `'10000-01-01'`, `'9999-12-31'`, `'0001-01-01'`, `'1900-01-01'`, `'1971-06-01'`, 'NULL'],
  ];
  test.each(['date', 'timestamp', 'timestamptz', 'text'])(
    'rules on dates in a column of type %s, unusual ones included, lose no learner',
    async (definition) => {
      const column = await made({ definition, type: 'date', values: instants });
      const rules: Rule[] = [
        '2026-03-01',
        '2026-03-01T00:00:00.000000500Z',
        '2026-03-01T02:00:00+02:00',
        '0000-01-01',
        '9999-12-31',
        '0001-01-01',
        '1971-06-01',
      ].flatMap((value) => [
        f.equals(value),
        f.lt(value),
        f.lte(value),
        f.gt(value),
        f.gte(value),
        f.in([value, '1900-01-01']),
      ]);
      // Liberia's offset had seconds until 1972.
      for (const zone of ['UTC', 'Africa/Monrovia', 'Pacific/Kiritimati']) {
        const asked = [...rules, ...rules.map((rule) => not(rule)), f.blank(), not(f.blank())];
        for (const { rule, missed } of await findEach(withSettings(`-c TimeZone=${zone}`), column, asked))
          expect([zone, rule, missed]).toEqual([zone, rule, []]);
      }
    },
  );

  test.each([
    ['boolean', 'boolean', ['TRUE', 'FALSE', 'NULL']],
    ['int', 'boolean', ['0', '1', '2', 'NULL']],
    ['text', 'boolean', [`'true'`, `'x'`, 'NULL']],
    ['char(5)', 'text', [`'a'`, `'a b'`, `''`, `'A'`, 'NULL']],
    ['uuid', 'text', [`'00000000-0000-4000-8000-00000000000a'`, 'NULL']],
    ['text[]', 'text', [`'{a,b}'`, `'{}'`, `'{NULL}'`, `'{A}'`, 'NULL']],
    ['numeric[]', 'number', [`'{1,2}'`, `'{1.0}'`, `'{NaN}'`, 'NULL']],
    ['date[]', 'date', [`'{2026-03-01}'`, `'{infinity}'`, 'NULL']],
    ['jsonb', 'text', [`'"a"'`, `'["a", 1]'`, `'{"a": 1}'`, `'null'`, 'NULL']],
    ['json', 'text', [`'"a"'`, `'["b", "a"]'`, `'"\\u0000"'`, 'NULL']],
    ['int', 'text', ['1', 'NULL']],
    ['interval', 'text', [`'1 day'`, 'NULL']],
  ] as const)('a column of type %s for a field of type %s loses no learner', async (definition, type, values) => {
    const column = await made({ definition, type, values });
    const value = { text: 'a', number: 1, boolean: true, date: '2026-03-01' }[type];
    const rules = [f.equals(value as never), f.blank()];
    for (const { rule, missed } of await findEach(db, column, [...rules, ...rules.map((rule) => not(rule))]))
      expect([rule, missed]).toEqual([rule, []]);
  });

  test('a rule and its negation both find a malformed value, whatever other conditions they have', async () => {
    const column = await made({ definition: 'text', type: 'date', values: [`'2026-03-01'`, `'soon'`, `'2030-01-01'`] });
    const rule = f.equals('2026-03-01');
    const found = await findEach(db, column, [rule, not(rule), all(rule, f.blank()), not(any(rule, not(f.blank())))]);
    expect(found.map((one) => [one.found, one.missed])).toEqual([
      ...[
        [['0', '1'], []],
        [['1', '2'], []],
        [['1'], []],
        [['1'], []],
      ],
    ]);
  });

  test('every rule finds a value that is too long to be read', async () => {
    const column = await made({
      definition: 'text',
      type: 'text',
      index: false,
      values: [`repeat('x', 5000)`, `'y'`, `'z'`],
    });
    const found = await findEach(db, column, [f.equals('y'), not(f.equals('y'))]);
    expect(found.map((one) => one.found)).toEqual([
      ['0', '1'],
      ['0', '2'],
    ]);
  });

  test('every rule finds the learners whose row cannot be read', async () => {
    await db.query(`CREATE TABLE ${S}.poisoned (id int, v date, profile jsonb)`);
    await db.query(`INSERT INTO ${S}.poisoned VALUES (1, '2026-01-01', '{}'), (2, '2026-01-02', '[1]'), (3, '2026-01-03', NULL),
      (4, '2026-01-04', '{}'), (4, '2026-01-05', '{}'), (5, '2026-01-06', jsonb_build_object('a', repeat('x', 300000))), (6, '2026-01-07', '{"a": "b"}')`);
    const tables = {
      learners: { table: `${S}.poisoned`, id: 'id', ids: 'integer', columns: { f: 'v' }, json: 'profile' },
      fields: [
        { id: 'f', type: 'date' },
        { id: 'a', type: 'text' },
      ],
      courses: { table: `${S}.poisoned`, id: 'id', enrolmentMethod: 'id' },
    } as const;
    for (const { rule, missed, found } of await findIn(
      db,
      tables,
      [f.equals('2026-01-01'), field('a').equals('b')],
      ['2', '4', '5'],
    )) {
      expect([rule, missed]).toEqual([rule, []]);
      expect(found.length).toBe(4);
    }
  });

  test('four lists of 10,000 numbers fit a statement, and so does a rule that many texts match', async () => {
    const numbers = await made({
      ...{ definition: 'numeric', type: 'number' },
      values: { select: 'SELECT i, i FROM generate_series(1, 6000) AS i' },
    });
    const lists = [0, 1, 2, 3].map((n) => f.in(Array.from({ length: 10_000 }, (_, i) => 4 * i + n)));
    for (const { missed, found } of await findEach(db, numbers, [any(...lists), not(any(...lists.slice(1)))]))
      expect([missed, found.length % 1500]).toEqual([[], 0]);
    const texts = await made({
      ...{ definition: 'text', type: 'text' },
      values: { select: `SELECT i, repeat('x', 490) || i FROM generate_series(1, 4000) AS i` },
    });
    const [most, few] = await findEach(db, texts, [not(f.endsWith('7')), f.endsWith('7')]);
    expect([most!.missed, few!.missed, few!.found.length]).toEqual([[], [], 400]);
  });
});
