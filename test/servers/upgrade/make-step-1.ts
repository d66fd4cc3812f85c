import { writeFileSync } from 'node:fs';
import type { Dialect, IdKind, SqlDriver } from '../../../src/sql/index.js';
import {
  type AllContents,
  contentsOf,
  hostTablesSql,
  KINDS,
  OLD,
  openStep1,
  SITES,
  TENANTS,
} from '../../sql/step-1.js';
import { open, type TestDatabase } from './test-database.js';

// Writes test/data/step-1/*.sql and contents.json, with the library of step 1. Run it with tsx, on empty databases.

const PREFIX = 'old_';
const LEARNERS = 20;
const ID: Record<IdKind, (n: number) => string> = {
  text: (n) => `ü-${String(n).padStart(2, '0')}`,
  integer: String,
  uuid: (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
};
/** The library's tables and their columns; `#` marks a number, all others are text. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  catalog: ['tenant', '#revision', 'stamp'],
  segments: ['tenant', 'id', 'title', 'rule'],
  links: ['tenant', 'id', 'segment_id', 'course_id', 'profile'],
  unsettled: ['tenant', '#revision', 'stamp', 'links', 'courses', 'pass', 'after_id'],
  learners: ['tenant', 'learner_id', 'held'],
  pairs: ['#no', 'tenant', 'course_id', 'link_id'],
};

function fixedStatements(dialect: Dialect, kind: IdKind): string[] {
  const people = Array.from(
    { length: LEARNERS },
    (_, n) => `('${ID[kind](n)}', '${SITES[n % SITES.length]}', ${n % 5})`,
  );
  return [
    ...hostTablesSql(dialect, PREFIX, kind),
    `INSERT INTO ${PREFIX}${kind}_users (id, site, grade) VALUES\n  ${people.join(',\n  ')}`,
    `INSERT INTO ${PREFIX}${kind}_courses (id, method) VALUES ${['c1', 'c2', 'c3'].map((id) => `('${id}', 'by-assignment-only')`).join(', ')}`,
    ...OLD.migrationSql(dialect, { prefix: `${PREFIX}${kind}_se_`, learnerIds: kind })
      .trim()
      .replace(/;$/u, '')
      .split(';\n\n'),
  ];
}

const idOf = (segmentId: string, courseId: string): string => JSON.stringify([segmentId, courseId]);
const link = (segmentId: string, courseId: string, profile?: object) => ({
  type: 'link',
  link: { id: idOf(segmentId, courseId), segmentId, courseId, ...(profile && { profile }) },
});

/** Edits of each tenant; the last ones stop in the middle, one of them before its first batch. */
async function fill(driver: SqlDriver, kind: IdKind): Promise<void> {
  const segment = (id: string, rule: object) =>
    ({ type: 'saveSegment', segment: { id, title: `Title of "${id}"`, rule } }) as never;
  for (const tenant of TENANTS) {
    let batches = Number.POSITIVE_INFINITY;
    const onWrite = async (): Promise<void> => {
      if (--batches < 0) throw new Error('The server stops here.');
    };
    const { library } = openStep1(OLD, driver, PREFIX, kind, tenant, { onWrite });
    const stopsAfter = async (count: number, edit: object): Promise<void> => {
      batches = count;
      await library.apply(edit as never).then(
        () => Promise.reject(new Error('It was to stop.')),
        () => undefined,
      );
    };
    await library.apply([
      segment('all', { everyone: true }),
      ...SITES.map((site) => segment(site, { field: 'site', op: 'equals', value: site })),
    ]);
    const profile = { field: 'grade', op: 'gte', value: 2 };
    await library.apply([link('Leeds', 'c1'), link('York', 'c2', profile), link('all', 'c3')] as never);
    if (tenant === 'one') await stopsAfter(2, { type: 'unlink', linkId: idOf('all', 'c3') });
    if (tenant === 'two') await stopsAfter(3, link('all', 'c1'));
    if (tenant === 'three') await stopsAfter(0, { type: 'unlink', linkId: idOf('all', 'c3') });
  }
}

async function rowStatements(driver: SqlDriver, kind: IdKind): Promise<string[]> {
  const { dialect } = driver;
  const read = (column: string): string =>
    column.startsWith('#')
      ? column.slice(1)
      : { postgres: `${column}::text`, mysql: `CONVERT(${column} USING utf8mb4)`, sqlite: column }[dialect];
  const literal = (value: unknown): string => {
    if (value === null || typeof value === 'number') return String(value ?? 'NULL');
    const text = String(value).replaceAll("'", "''");
    return `'${dialect === 'mysql' ? text.replaceAll('\\', '\\\\') : text}'`;
  };
  const statements: string[] = [];
  for (const [name, columns] of Object.entries(TABLES)) {
    const table = `${PREFIX}${kind}_se_${name}`;
    const bare = columns.map((column) => column.replace('#', ''));
    const rows = await driver.query(
      `SELECT ${columns.map((column, i) => `${read(column)} AS ${bare[i]}`).join(', ')} FROM ${table} ORDER BY 1, 2`,
    );
    if (rows.length === 0) throw new Error(`${table} is empty.`);
    const values = rows.map(
      (row) =>
        `(${columns.map((column, i) => (column.startsWith('#') ? row[bare[i]!] : literal(row[bare[i]!]))).join(', ')})`,
    );
    const overriding = dialect === 'postgres' && name === 'pairs' ? ' OVERRIDING SYSTEM VALUE' : '';
    statements.push(`INSERT INTO ${table} (${bare.join(', ')})${overriding} VALUES\n  ${values.join(',\n  ')}`);
    if (overriding) statements.push(`SELECT setval(pg_get_serial_sequence('${table}', 'no'), ${rows.length})`);
  }
  return statements;
}

const all: Record<string, AllContents> = {};
for (const dialect of ['postgres', 'mysql', 'sqlite'] as const) {
  const database: TestDatabase = { dialect, prefix: PREFIX, file: ':memory:' };
  const { driver, end } = open(database, OLD);
  const text: string[] = [];
  const contents: Record<string, AllContents[string]> = {};
  for (const kind of KINDS) {
    const fixed = fixedStatements(dialect, kind);
    for (const statement of fixed) await driver.query(statement);
    await fill(driver, kind);
    text.push(...fixed, ...(await rowStatements(driver, kind)));
    const tenants = TENANTS.map(async (tenant) => [
      tenant,
      await contentsOf(openStep1(OLD, driver, PREFIX, kind, tenant)),
    ]);
    contents[kind] = Object.fromEntries(await Promise.all(tenants));
  }
  writeFileSync(new URL(`../../data/step-1/${dialect}.sql`, import.meta.url), `${text.join(';\n\n')};\n`);
  all[dialect] = contents;
  for (const kind of KINDS) {
    for (const table of ['users', 'courses', 'se_schema', ...Object.keys(TABLES).map((name) => `se_${name}`)])
      await driver.query(`DROP TABLE ${PREFIX}${kind}_${table}`);
  }
  await end();
}
const [contents] = Object.values(all);
for (const [dialect, other] of Object.entries(all)) {
  if (JSON.stringify(other) !== JSON.stringify(contents)) throw new Error(`The contents on ${dialect} differ.`);
}
writeFileSync(
  new URL('../../data/step-1/contents.json', import.meta.url),
  `${JSON.stringify(contents, undefined, 1)}\n`,
);
