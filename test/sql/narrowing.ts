import fc from 'fast-check';
import { expect } from 'vitest';
import { field, type Learner, matches, not, type Profile, type Scalar } from '../../src/core.js';
import { type HostTables, type SqlDriver, sqlHost } from '../../src/sql/index.js';
import { rowsTable } from '../../src/sql/statement/dialect.js';
import type { Dialect } from '../../src/sql/statement/driver.js';
import { raw, run, sql } from '../../src/sql/statement/fragment.js';
import { learners, rules } from '../model/arbitraries.js';
import { FIELDS, SEGMENTS } from '../model/pools.js';
import { runs } from '../model/runs.js';

/** Where profiles are stored. */
export const SHAPES = ['json', 'columns', 'lists', 'values'] as const;
type Shape = (typeof SHAPES)[number];

/** The column of each field; no field has the name of its column. */
const COLUMNS = {
  site: 'f_site',
  ['__proto__']: 'f_proto',
  level: 'f_level',
  constructor: 'f_constructor',
  since: 'f_since',
};

/** The column of each field's list of values in one text. */
const LISTS = Object.fromEntries(
  Object.entries(COLUMNS).map(([field, column]) => [field, { column: `l${column.slice(1)}`, separator: '|' }]),
);

/** Creates the tables of one shape. */
export async function makePeople(db: SqlDriver, prefix: string): Promise<void> {
  const { dialect } = db;
  const text = dialect === 'mysql' ? 'VARCHAR(200) CHARACTER SET utf8mb4' : 'text';
  const id = dialect === 'mysql' ? 'VARBINARY(200)' : 'text';
  const number = { postgres: 'double precision', mysql: 'DOUBLE', sqlite: 'REAL' }[dialect];
  const truth = dialect === 'postgres' ? 'boolean' : 'INTEGER';
  const long = dialect === 'mysql' ? 'TEXT CHARACTER SET utf8mb4' : 'text';
  const json = dialect === 'postgres' ? 'jsonb' : 'text';
  const lists = Object.values(LISTS).map(({ column }) => `${column} ${long}`);
  await db.query(
    `CREATE TABLE ${prefix}people (id ${id} PRIMARY KEY, profile ${json}, f_site ${text}, f_proto ${text}, f_level ${number}, f_constructor ${truth}, f_since ${text}, ${lists.join()})`,
  );
  await db.query(`CREATE TABLE ${prefix}facts (person ${id} NOT NULL, field ${text} NOT NULL, value ${text})`);
  await db.query(`CREATE TABLE ${prefix}placed (person ${id} NOT NULL, segment ${id} NOT NULL)`);
  await db.query(`CREATE TABLE ${prefix}course (id ${id} PRIMARY KEY, method ${text})`);
}

/** The description of these tables for sqlHost. */
function peopleTables(prefix: string, shape: Shape, declared: boolean): HostTables {
  return {
    ...(declared && { fields: FIELDS }),
    learners: {
      ...{ table: `${prefix}people`, id: 'id' },
      ...(shape === 'json' && { json: 'profile' }),
      ...(shape === 'columns' && { columns: COLUMNS }),
      ...(shape === 'lists' && { columns: LISTS }),
      ...(shape === 'values' && {
        values: { table: `${prefix}facts`, learner: 'person', field: 'field', value: 'value' },
      }),
    },
    placements: { table: `${prefix}placed`, learner: 'person', segment: 'segment' },
    courses: { table: `${prefix}course`, id: 'id', enrolmentMethod: 'method' },
  };
}

/** Replaces the people in the tables with these; returns them as a store of the shape can represent them. */
async function putPeople(db: SqlDriver, prefix: string, shape: Shape, people: readonly Learner[]): Promise<Learner[]> {
  const kept = people.map((learner) => ({
    ...learner,
    profile: asKept(shape, learner.profile, db.dialect),
  }));
  for (const table of ['people', 'facts', 'placed']) await db.query(`DELETE FROM ${prefix}${table}`);
  const rows = kept.map(({ id, profile }) => ({
    id,
    profile: JSON.stringify(profile),
    ...Object.fromEntries(
      Object.entries(COLUMNS).map(([field, column]) => [column, columnText(columnValue(profile, field))]),
    ),
    ...Object.fromEntries(Object.entries(LISTS).map(([field, { column }]) => [column, listText(profile, field)])),
  }));
  const columns = {
    id: 'text',
    profile: 'text',
    ...Object.fromEntries(
      [...Object.values(COLUMNS), ...Object.values(LISTS).map(({ column }) => column)].map((name) => [name, 'text']),
    ),
  } as const;
  const cast = (name: string): string => {
    if (db.dialect !== 'postgres') return name;
    return (
      { profile: 'profile::jsonb', f_level: 'f_level::double precision', f_constructor: 'f_constructor::boolean' }[
        name
      ] ?? name
    );
  };
  if (rows.length > 0) {
    await run(
      db,
      sql`INSERT INTO ${raw(`${prefix}people`)} (${raw(Object.keys(columns).join(', '))}) SELECT ${raw(Object.keys(columns).map(cast).join(', '))}
        FROM ${rowsTable(db.dialect, columns, rows)}`,
    );
  }
  const facts = kept.flatMap(({ id, profile }) =>
    Object.entries(profile).flatMap(([field, value]) =>
      (Array.isArray(value) ? value : [value]).map((one: Scalar) => ({
        person: id,
        field,
        value: one === null || one === undefined ? null : String(one),
      })),
    ),
  );
  if (shape === 'values' && facts.length > 0) {
    await run(
      db,
      sql`INSERT INTO ${raw(`${prefix}facts`)} (person, field, value) SELECT person, field, value
        FROM ${rowsTable(db.dialect, { person: 'text', field: 'text', value: 'text' }, facts)}`,
    );
  }
  const placed = kept.flatMap(({ id, segments = [] }) => segments.map((segment) => ({ person: id, segment })));
  if (placed.length > 0) {
    await run(
      db,
      sql`INSERT INTO ${raw(`${prefix}placed`)} (person, segment) SELECT person, segment FROM ${rowsTable(db.dialect, { person: 'text', segment: 'text' }, placed)}`,
    );
  }
  return kept;
}

function asKept(shape: Shape, profile: Profile, dialect: Dialect): Profile {
  if (shape === 'lists') return listed(profile);
  return shape === 'columns' ? singly(profile, dialect) : profile;
}

/** A column has one value, of its type. */
function singly(profile: Profile, dialect: Dialect): Profile {
  const entries = Object.keys(COLUMNS)
    .map((field) => [field, columnValue(profile, field)] as const)
    // SQLite neither writes nor parses such numbers exactly; the suite in test/servers/wild covers them.
    .map(([field, value]) => [field, dialect === 'sqlite' && isExtreme(value) ? null : value] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const isExtreme = (value: Scalar): boolean =>
  typeof value === 'number' && value !== 0 && (Math.abs(value) < 1e-30 || Math.abs(value) > 1e30);

function columnValue(profile: Profile, field: string): Scalar {
  if (!Object.hasOwn(profile, field)) return undefined;
  const all = profile[field];
  const one = Array.isArray(all) ? (all as readonly Scalar[])[0] : (all as Scalar);
  return typeof one === typeOf(field) ? one : null;
}

/** A text has a list of values of its field's type; those that are blank are lost. */
function listed(profile: Profile): Profile {
  const entries = Object.keys(LISTS).flatMap((field) => {
    if (!Object.hasOwn(profile, field)) return [];
    const all = [profile[field]].flat() as readonly Scalar[];
    const values = all.filter((one) => typeof one === typeOf(field)).flatMap(parts);
    return [[field, values] as const];
  });
  return Object.fromEntries(entries);
}

function parts(value: Scalar): readonly Scalar[] {
  if (typeof value !== 'string') return [value];
  const texts = value.split('|').map((one) => one.trim());
  return texts.filter((one) => one !== '');
}

function listText(profile: Profile, field: string): string | null {
  return Object.hasOwn(profile, field) ? [profile[field]].flat().join(' | ') : null;
}

const typeOf = (field: string): string =>
  field === 'level' ? 'number' : field === 'constructor' ? 'boolean' : 'string';

function columnText(value: Scalar): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

const wild = { traps: true };
/** No database stores an unpaired surrogate. */
const storable = (value: unknown): boolean => !/\\ud[89a-f]/iu.test(JSON.stringify(value));
const crowds = fc
  .array(learners(wild).filter(storable), { maxLength: 30 })
  .map((people) => people.map((who, i) => ({ ...who, id: `${who.id}#${i}` })));
const placements = fc.subarray(SEGMENTS.filter(storable));

/**
 * Whatever the rule, the database finds all learners that the core finds and, since the fields have few values, no others.
 */
export async function narrowsAsTheCore(db: SqlDriver, prefix: string, shape: Shape): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      crowds,
      fc.array(rules([], FIELDS, wild), { minLength: 1, maxLength: 4 }),
      placements,
      fc.boolean(),
      async (people, asked, placedIn, declared) => {
        const kept = await putPeople(db, prefix, shape, people);
        const typed = declared || shape !== 'json';
        const host = sqlHost(peopleTables(prefix, shape, typed));
        const catalog = {
          revision: 0,
          courses: [],
          segments: [],
          links: [],
          unsettled: [],
          ...(typed && { fields: FIELDS }),
        };
        for (const rule of asked) {
          const query = { limit: 100, matching: { rule, placedIn } };
          const found = await host.page(db, query);
          const wanted = kept.filter(
            (who) => matches(rule, who, catalog) || who.segments?.some((id) => placedIn.includes(id)),
          );
          expect(found.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
          const ids = await host.page(db, { ...query, idsOnly: true });
          expect(ids.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
        }
      },
    ),
    runs(40),
  );
}

/** Values that a collation may treat as equal and the core does not, and the other way round. */
const ALIKE = [
  ...['resume', 'résumé', 'RESUME', 'resume ', 'résumé', 'ﬁle', 'file', 'FILE'],
  ...['re\u00adsume', '\u200bfile\ufeff', 're-sume', 're\u2011sume', 're\u2212sume'],
];
/** Values that are blank for the core, although not for databases. */
const INVISIBLE = ['\u200b', '\u00ad \u2060'];

/** Collations do not change which learners are found. */
export async function tellsApartAsTheCore(db: SqlDriver, prefix: string, shape: Shape): Promise<void> {
  const people = [...ALIKE, ...INVISIBLE].map((site, i): Learner => ({ id: `p${i}`, profile: { site } }));
  await putPeople(db, prefix, shape, people);
  const host = sqlHost(peopleTables(prefix, shape, true));
  const catalog = { revision: 0, courses: [], segments: [], links: [], unsettled: [], fields: FIELDS };
  for (const value of ALIKE) {
    for (const rule of [
      field('site').equals(value),
      not(field('site').equals(value)),
      field('site').contains(value.slice(1, 4)),
      not(field('site').blank()),
    ]) {
      const found = await host.page(db, { limit: 100, matching: { rule, placedIn: [] } });
      const wanted = people.filter((who) => matches(rule, who, catalog));
      expect(found.map(({ id }) => id).sort()).toEqual(wanted.map(({ id }) => id).sort());
    }
  }
}
