import { afterAll, expect, test } from 'vitest';
import { createSqlRepositories, type Dialect, migrate, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { type Open, openBefore } from './opened.js';
import { KEY, runAll, TEXT, tablesOf } from './tables.js';

/** Columns of each database with values that a profile, or JavaScript, cannot represent: type and value. */
const ODD: { readonly [D in Dialect]: readonly (readonly [type: string, value: string, expected: unknown])[] } = {
  postgres: [
    ['double precision', `'NaN'`, 'NaN'],
    ['double precision', `'-Infinity'`, '-Infinity'],
    ['numeric', `'NaN'`, 'NaN'],
    ['numeric', '12345678901234567891', '12345678901234567891'],
    ['bigint', '9007199254740993', '9007199254740993'],
    ['bigint', '9007199254740991', 9007199254740991],
    ['bigint[]', `'{1,9007199254740993}'`, [1, '9007199254740993']],
    ['date', `'infinity'`, 'infinity'],
    ['date', `'20000-01-01'`, '20000-01-01'],
    ['date', `'0044-03-15 BC'`, '0044-03-15 BC'],
    ['timestamptz', `'-infinity'`, '-infinity'],
    ['json', `'{"a": 12345678901234567891}'`, { a: '12345678901234567891' }],
    ['json', `'"\\u0000 \\ud800"'`, '\u0000 \ud800'],
    ['bytea', `'\\xff00'`, '\\xff00'],
    ['char(5)', `'ab'`, 'ab   '],
  ],
  mysql: [
    ['DOUBLE', '1e300', 1e300],
    ['BIGINT UNSIGNED', '18446744073709551615', '18446744073709551615'],
    ['DECIMAL(30,2)', '12345678901234567891.25', '12345678901234567891.25'],
    ['BIGINT', '-9007199254740993', '-9007199254740993'],
    ['BIGINT', '9007199254740991', 9007199254740991],
    ['DATE', `'0000-00-00'`, '0000-00-00'],
    ['DATETIME', `'0000-00-00 00:00:00'`, expect.stringMatching(/^0000-00-00 00:00:00/u)],
    ['VARCHAR(20) CHARACTER SET latin1', `'Málaga'`, 'Málaga'],
    ['VARCHAR(20) CHARACTER SET ucs2', `'Málaga'`, 'Málaga'],
    ['BIT(3)', `b'101'`, 5],
    ['YEAR', '0', 0],
    ['INT(5) ZEROFILL', '7', 7],
    ['DECIMAL(6,2) ZEROFILL', '7.5', 7.5],
    ['VARBINARY(20)', `'bytes'`, 'bytes'],
    ['BLOB', `X'ff00'`, expect.any(String)],
    ['TIME', `'838:59:59'`, expect.stringMatching(/^838:59:59/u)],
  ],
  sqlite: [
    ['REAL', '9e999', Number.POSITIVE_INFINITY],
    ['INTEGER', '9007199254740993', '9007199254740993'],
    ['INTEGER', '9007199254740991', 9007199254740991],
    ['BLOB', `X'616263'`, 'abc'],
    ['TEXT', `X'ff00'`, expect.any(String)],
    ['INTEGER', `'not a number'`, 'not a number'],
  ],
};

/** Cases of rows that affect one learner and no others. */
export function describeRows(open: Open): void {
  let db: SqlDriver;
  let p: string;
  openBefore(open, (opened) => {
    ({ db, prefix: p } = opened);
  });
  afterAll(() => db.query(`DROP VIEW ${p}b_people`));

  test('invalid JSON and a profile over 256 kB make only their own learners unreadable', async () => {
    await runAll(db, `${p}a_`, [
      `CREATE TABLE $people (id ${KEY[db.dialect]} PRIMARY KEY, profile ${TEXT[db.dialect]}, note ${TEXT[db.dialect]})`,
      `CREATE TABLE $courses (id ${KEY[db.dialect]}, method ${TEXT[db.dialect]})`,
    ]);
    const rows: readonly [id: string, profile: string | null, note: string | null][] = [
      ['a', '{"site":"York"}', 'x'],
      ['b', '{"site":', null],
      ['c', '[]', null],
      ['d', '', null],
      ['e', JSON.stringify({ site: 'x'.repeat(256_000) }), null],
      ['f', '{"site":"Leeds"}', 'y'.repeat(300_000)],
      ['g', JSON.stringify({ site: 'é'.repeat(100_000) }), 'z'.repeat(100_000)],
      ['h', '{"site":"a\\u0000b\\ud800"}', 'w'.repeat(200_000)],
      ['i', '{"badge":12345678901234567891,"deep":[[[1]]]}', null],
      ['j', null, null],
    ];
    const value = (index: number): string => (db.dialect === 'postgres' ? `$${index}` : '?');
    for (const row of rows)
      await db.query(`INSERT INTO ${p}a_people VALUES (${value(1)}, ${value(2)}, ${value(3)})`, row);
    const host = sqlHost({
      ...tablesOf(`${p}a_`, { json: 'profile', columns: { note: 'note' } }),
      individual: undefined!,
      training: undefined!,
    });
    const notJson = { unreadable: 'The column "profile" does not hold a JSON object.' };
    const tooLarge = { unreadable: 'The profile is larger than 256 kB.' };
    const expected = [
      { id: 'a', profile: { site: 'York', note: 'x' } },
      { id: 'b', ...notJson },
      { id: 'c', ...notJson },
      { id: 'd', ...notJson },
      { id: 'e', ...tooLarge },
      { id: 'f', ...tooLarge },
      { id: 'g', ...tooLarge },
      { id: 'h', profile: { site: 'a\0b\ud800', note: rows[7]![2] } },
      { id: 'i', profile: { badge: '12345678901234567891', deep: [[[1]]], note: null } },
      { id: 'j', profile: { note: null } },
    ];
    expect(await host.page(db, { limit: 50 })).toEqual(expected);
    expect(
      await host.learners(
        db,
        rows.map(([id]) => id),
      ),
    ).toEqual(expected);
  });

  test('a learner in two rows is unreadable, even if a page ends between the rows, and rows without an id are ignored', async () => {
    const { dialect } = db;
    await runAll(db, `${p}b_`, [
      `CREATE TABLE $one (id ${KEY[dialect]}, site ${TEXT[dialect]})`,
      `INSERT INTO $one VALUES ('a', 'York'), ('b', 'York'), ('b', 'Leeds'), ('c', 'York'), (NULL, 'York'), (NULL, 'Leeds')`,
      `CREATE VIEW $people AS SELECT * FROM $one`,
      `CREATE TABLE $courses (id ${KEY[dialect]}, method ${TEXT[dialect]})`,
    ]);
    const host = sqlHost({
      ...tablesOf(`${p}b_`, { columns: { site: 'site' } }),
      individual: undefined!,
      training: undefined!,
    });
    const twice = { id: 'b', unreadable: 'Several rows have the id of this learner.' };
    const [a, c] = ['a', 'c'].map((id) => ({ id, profile: { site: 'York' } }));
    expect(await host.page(db, { limit: 9 })).toEqual([a, twice, c]);
    expect(await host.page(db, { limit: 2 })).toEqual([a, twice]);
    expect(await host.page(db, { limit: 1 })).toEqual([a]);
    expect(await host.page(db, { limit: 9, after: 'b' })).toEqual([c]);
    expect(await host.learners(db, ['a', 'b', 'c'])).toEqual([a, twice, c]);
  });

  test('values that JavaScript or a profile cannot represent are read as text, and make no statement fail', async () => {
    const odd = ODD[db.dialect];
    const columns = odd.map(([type], i) => `f${i} ${type}`).join(', ');
    await runAll(db, `${p}c_`, [`CREATE TABLE $people (id ${KEY[db.dialect]} PRIMARY KEY, ${columns})`]);
    const strict = db.dialect === 'mysql' ? 'INSERT IGNORE' : 'INSERT';
    await db.query(`${strict} INTO ${p}c_people VALUES ('a', ${odd.map(([, value]) => value).join(', ')})`);
    await db.query(`INSERT INTO ${p}c_people (id) VALUES ('b')`);
    const names = odd.map((_, i) => `f${i}`);
    const host = sqlHost({
      ...tablesOf(`${p}c_`, { columns: Object.fromEntries(names.map((name) => [name, name])) }),
      individual: undefined!,
      training: undefined!,
    });
    const [a, b] = await host.learners(db, ['a', 'b']);
    expect(a).toEqual({ id: 'a', profile: Object.fromEntries(odd.map(([, , expected], i) => [names[i], expected])) });
    expect(b).toMatchObject({ id: 'b', profile: { f0: null } });
  });

  test('active and boolean fields are read from columns of every type, and a value that is neither true nor false blocks the learner', async () => {
    const { dialect } = db;
    const flag = { postgres: 'char(1)', mysql: 'CHAR(1)', sqlite: 'CHAR(1)' }[dialect];
    const bit = { postgres: 'bit(1)', mysql: 'BIT(1)', sqlite: 'BOOLEAN' }[dialect];
    const small = dialect === 'postgres' ? 'smallint' : 'TINYINT';
    const [on, off] = dialect === 'sqlite' ? ['1', '0'] : [`b'1'`, `b'0'`];
    await runAll(db, `${p}d_`, [
      `CREATE TABLE $people (id ${KEY[dialect]} PRIMARY KEY, flag ${flag}, bit ${bit}, small ${small}, word ${TEXT[dialect]})`,
      `INSERT INTO $people VALUES ('a', 'Y', ${on}, 1, 'Yes'), ('b', 'N', ${off}, 0, 'off'), ('c', '1', ${on}, 1, 'T'), ('d', '0', ${off}, 0, ' f '),
        ('e', NULL, NULL, NULL, NULL), ('f', '?', ${on}, 2, 'maybe')`,
    ]);
    const fields = ['flag', 'bit', 'small', 'word'].map((id) => ({ id, type: 'boolean' as const }));
    const read = async (active: string) => {
      const columns = Object.fromEntries(fields.map(({ id }) => [id, id]));
      const host = sqlHost({
        ...tablesOf(`${p}d_`, { active, columns }),
        fields,
        individual: undefined!,
        training: undefined!,
      });
      return host.page(db, { limit: 9 });
    };
    const yes = { flag: true, bit: true, small: true, word: true };
    const no = { flag: false, bit: false, small: false, word: false };
    const odd = { flag: '?', bit: true, small: 2, word: 'maybe' };
    const all = [yes, no, yes, no, { flag: null, bit: null, small: null, word: null }, odd];
    for (const active of ['flag', 'bit', 'small', 'word'] as const) {
      const expected = all.map((profile, i) => {
        const id = 'abcdef'[i]!;
        const value = profile[active];
        if (value !== null && typeof value !== 'boolean')
          return { id, unreadable: `The column "${active}" is neither true nor false.` };
        return { id, profile, ...(value !== true && { active: false }) };
      });
      expect(await read(active), active).toEqual(expected);
    }
  });

  test('a learner whose active column is neither true nor false matches every hint', async () => {
    const columns = { word: 'word' };
    const host = sqlHost({
      ...tablesOf(`${p}d_`, { active: 'flag', columns }),
      fields: [{ id: 'word', type: 'text' }],
      individual: undefined!,
      training: undefined!,
    });
    const rule = { field: 'word', op: 'equals', value: 'nothing' } as const;
    const found = await host.page(db, { limit: 9, matching: { rule, placedIn: [] }, idsOnly: true });
    expect(found.map(({ id }) => id)).toContain('f');
  });

  test('a row without a course makes its learner unreadable for every set of courses, and a row without a learner is ignored', async () => {
    const { dialect } = db;
    await runAll(db, `${p}e_`, [
      `CREATE TABLE $people (id ${KEY[dialect]} PRIMARY KEY)`,
      `INSERT INTO $people VALUES ('a'), ('b')`,
      `CREATE TABLE $courses (id ${KEY[dialect]} PRIMARY KEY, method ${TEXT[dialect]})`,
      `CREATE TABLE $individual (learner ${KEY[dialect]}, course ${KEY[dialect]})`,
      `INSERT INTO $individual VALUES ('a', 'c'), ('a', 'c'), ('b', NULL), ('b', 'c'), (NULL, 'c'), (NULL, NULL), ('gone', 'c')`,
      `CREATE TABLE $training (learner ${KEY[dialect]}, course ${KEY[dialect]}, status ${TEXT[dialect]}, archived ${TEXT[dialect]})`,
      `INSERT INTO $training VALUES ('a', 'c', 'completed', 'N'), ('a', 'c', 'started', NULL), ('a', 'd', 'started', '0'), ('a', 'e', 'completed', 'Y'),
        ('a', 'f', 'completed', '2026-03-01 10:00:00'), ('a', 'g', 'completed', '0000-00-00 00:00:00'), ('a', 'h', 'completed', '1719999999'), ('gone', 'c', 'completed', 'perhaps')`,
    ]);
    await migrate(db, { prefix: `${p}e_se_` });
    const repositories = createSqlRepositories({ driver: db, host: sqlHost(tablesOf(`${p}e_`)), prefix: `${p}e_se_` });
    const row = `A row of ${p}e_individual has the learner's id but no course id.`;
    const flag = `The column "archived" of ${p}e_training is neither true, false nor a date.`;
    for (const courses of [undefined, ['c'], ['nothing']]) {
      const found = await repositories.enrolments.read(['a', 'b', 'gone'], courses && { courses });
      expect(found.slice(1, 2)).toEqual([{ learnerId: 'b', unreadable: row }]);
      if (courses?.[0] !== 'nothing') expect(found[2]).toEqual({ learnerId: 'gone', unreadable: flag });
    }
    const [a] = await repositories.enrolments.read(['a']);
    expect(a).toEqual({
      learnerId: 'a',
      assignments: [],
      individual: ['c'],
      training: [
        { courseId: 'c', status: 'completed' },
        { courseId: 'd', status: 'in-progress' },
        { courseId: 'g', status: 'completed' },
      ],
    });
  });
}
