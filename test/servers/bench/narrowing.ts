import type { Rule } from '../../../src/index.js';
import { field } from '../../../src/index.js';
import { type HostTables, type SqlDriver, sqlHost } from '../../../src/sql/index.js';
import { timed } from '../../bench/measure/contest.js';
import { type Spread, spreadOf } from '../../bench/measure/statistics.js';
import { atMost, milliseconds, spread, times } from '../../bench/report/figures.js';
import type { Table, Target } from '../../bench/report/findings.js';

const COLUMNS = { hired: 'hired', code: 'code', site: 'site', points: 'points' };

/** Creates so many people, each hired on one of 10,000 days, with a unique code, on one of 100 sites. */
async function prepare(db: SqlDriver, table: string, people: number): Promise<HostTables> {
  await db.query(`CREATE TABLE ${table} (id int PRIMARY KEY, hired date, code text, site text, points numeric)`);
  await db.query(
    `INSERT INTO ${table} SELECT i, DATE '1998-01-01' + i % 10000, 'code ' || i % 4000, 'site ' || i % 100, i FROM generate_series(1, ${people}) AS i`,
  );
  for (const column of ['hired', 'code', 'site']) await db.query(`CREATE INDEX ON ${table} (${column})`);
  await db.query(`ANALYZE ${table}`);
  return {
    learners: { table, id: 'id', ids: 'integer', columns: COLUMNS },
    fields: [
      { id: 'hired', type: 'date' },
      { id: 'code', type: 'text' },
      { id: 'site', type: 'text' },
      { id: 'points', type: 'number' },
    ],
    courses: { table, id: 'id', enrolmentMethod: 'code' },
  };
}

/** Times a walk's first page, which also computes the hint, and its second page, which reuses it. */
async function pages(db: SqlDriver, tables: HostTables, rule: Rule, rounds: number) {
  const [first, second]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const host = sqlHost(tables);
    const matching = { rule, placedIn: [] };
    for (const walls of [first, second])
      walls.push((await timed(() => host.page(db, { limit: 10_000, matching, idsOnly: true }))).wall);
  }
  return { first: spreadOf(first), second: spreadOf(second), walls: first };
}

async function byHand(db: SqlDriver, text: string, rounds: number): Promise<Spread> {
  const walls: number[] = [];
  for (let round = 0; round < rounds; round++) walls.push((await timed(() => db.query(text))).wall);
  return spreadOf(walls);
}

/** Measures how fast learners who match a rule are found on Postgres, compared with SQL written by hand. */
export async function narrowing(db: SqlDriver, rounds: number): Promise<{ table: Table; targets: Target[] }> {
  const few = await prepare(db, 'narrow_few', 200_000);
  const more = await prepare(db, 'narrow_more', 500_000);
  const many = await prepare(db, 'narrow_many', 2_000_000);
  const day = await pages(db, few, field('hired').equals('2005-05-05'), rounds);
  const one = await pages(db, more, field('code').equals('code 77'), rounds);
  const site = await pages(db, many, field('site').equals('site 7'), rounds);
  const inSizes = [2_000, 4_000, 8_000];
  const listed: Awaited<ReturnType<typeof pages>>[] = [];
  for (const size of inSizes) {
    const values = Array.from({ length: size }, (_, i) => i * 7);
    listed.push(await pages(db, few, field('points').in(values), rounds));
  }
  const hand = [
    await byHand(db, `SELECT id FROM narrow_few WHERE hired = DATE '2005-05-05' ORDER BY id`, rounds),
    await byHand(db, `SELECT id FROM narrow_more WHERE code = 'code 77' ORDER BY id`, rounds),
    await byHand(db, 'SELECT DISTINCT site FROM narrow_many', rounds),
  ];
  const row = (what: string, { first, second }: { first: Spread; second: Spread }, by?: Spread): string[] => [
    ...[what, spread(first, milliseconds), spread(second, milliseconds)],
    by ? spread(by, milliseconds) : '',
  ];
  const growth = (i: number): Spread => spreadOf(listed[i]!.walls.map((wall, at) => wall / listed[0]!.walls[at]!));
  return {
    table: {
      title: 'Learners who match a rule, found on PostgreSQL',
      note: 'A page of up to 10,000 ids, the first of a walk (with what is read to make the hint) and the next. By hand: the same ids, or the distinct values, in one statement.',
      columns: ['', 'first page', 'next page', 'by hand'],
      rows: [
        row('one of 10,000 hire dates, 200,000 people', day, hand[0]),
        row('equals on an indexed text column of 4,000 values, 500,000 people', one, hand[1]),
        row('equals on one of 100 sites, 2,000,000 people; by hand: SELECT DISTINCT', site, hand[2]),
        ...inSizes.map((size, i) => row(`in of ${size.toLocaleString('en')} numbers, 200,000 people`, listed[i]!)),
      ],
    },
    targets: [
      atMost('One `in` of 4,000 numbers, against 2,000', 2.2, growth(1), times),
      atMost('One `in` of 8,000 numbers, against 2,000', 5, growth(2), times),
    ],
  };
}
