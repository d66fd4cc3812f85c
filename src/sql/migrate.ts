import { parse } from '../validate/issues.js';
import type { Dialect, SqlDriver } from './driver.js';
import { ask, type Fragment, raw, run, sql } from './fragment.js';
import { type IdKind, typeOfKind } from './id-kind.js';
import { refused } from './identifier.js';
import { checkDialect, checkDriver, checkSchemaOptions } from './options.js';
import type { Session } from './session.js';
import { type Tables, tablesOf } from './tables.js';

/** The version of the tables that this library reads and writes. */
const VERSION = 1;

/** How the tables are made. */
export interface SchemaOptions {
  /** What their names begin with. Default `smart_enrolments_`; `schema.prefix_` puts them in a schema. */
  readonly prefix?: string;
  /** What the ids of the host's learners are. Default `text`. */
  readonly learnerIds?: IdKind;
}

/**
 * Makes the library's tables, or brings them to the version that this library needs; does nothing where they are there.
 * Two processes may begin at once. Rejects with `invalid_input` for options that are not as described, else with the database's own
 * error; on Postgres and SQLite nothing is changed then.
 */
export async function migrate(driver: SqlDriver, options: SchemaOptions = {}): Promise<void> {
  parse((issues) => {
    checkDriver(driver, issues);
    checkSchemaOptions(options, issues);
  });
  const tables = tablesOf(driver.dialect, options.prefix);
  await driver.transaction(async (tx) => {
    for (const statement of opening(tx.dialect, options.prefix)) await run(tx, statement);
    for (const statement of statements(tx.dialect, tables, options)) await run(tx, statement);
  });
  await checkSchema(driver, tables, options);
}

/** The statements that {@link migrate} runs, as plain SQL, for hosts that run migrations of their own. */
export function migrationSql(dialect: Dialect, options: SchemaOptions = {}): string {
  parse((issues) => {
    checkDialect(dialect, issues);
    checkSchemaOptions(options, issues);
  });
  const tables = tablesOf(dialect, options.prefix);
  return statements(dialect, tables, options)
    .map(({ texts }) => `${texts.join('')};\n`)
    .join('\n');
}

/** Checks the tables, once for all transactions: whatever is asked first. */
export async function checkSchemaOnce({ db, setting }: Session): Promise<void> {
  if (setting.isChecked) return;
  await checkSchema(db, setting.tables, setting.host);
  setting.isChecked = true;
}

/** Refuses tables of another version, or for ids of another kind. */
async function checkSchema(driver: SqlDriver, tables: Tables, { learnerIds = 'text' }: SchemaOptions): Promise<void> {
  const [found] = await ask<{ readonly version: number; readonly learnerIds: string }>(
    driver,
    sql`SELECT description AS j FROM ${tables.schema}`,
  );
  if (found?.version !== VERSION) {
    const version = found?.version ?? 'unknown';
    throw refused(
      'prefix',
      `The tables are of version ${version}, not ${VERSION}: run migrate(driver) of this version of the library.`,
    );
  }
  if (found.learnerIds !== learnerIds) {
    throw refused(
      'learnerIds',
      `The tables were made for ids of learners that are ${found.learnerIds}, not ${learnerIds}: sqlHost({ learners: { ids } }) and migrate(driver, { learnerIds }) have to say the same. If these do and the tables hold nothing yet, drop them and migrate again: DROP TABLE ${Object.values<Fragment>(
        tables,
      )
        .map(({ texts }) => texts.join(''))
        .join(', ')}.`,
    );
  }
}

/** Two processes that begin at once go one after the other. */
function opening(dialect: Dialect, prefix = ''): Fragment[] {
  return dialect === 'postgres'
    ? [sql`SELECT pg_advisory_xact_lock(hashtextextended(${`smart-enrolments migrate ${prefix}`}, 0))`]
    : [];
}

function statements(dialect: Dialect, tables: Tables, { learnerIds = 'text' }: SchemaOptions): Fragment[] {
  const { schema, catalog, segments, links, unsettled, learners, pairs } = tables;
  const id = typeOfKind(dialect, 'text');
  const tenant = raw({ postgres: 'text', mysql: 'VARBINARY(64)', sqlite: 'TEXT' }[dialect]);
  const long = raw(dialect === 'mysql' ? 'LONGTEXT CHARACTER SET utf8mb4' : 'TEXT');
  const short = raw(dialect === 'mysql' ? 'VARCHAR(64) CHARACTER SET ascii' : 'TEXT');
  const number = raw(
    {
      postgres: 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
      mysql: 'BIGINT AUTO_INCREMENT PRIMARY KEY',
      sqlite: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    }[dialect],
  );
  const learner = typeOfKind(dialect, learnerIds);
  // A row that is written again stays on its page, and its key need not be.
  const roomy = raw(dialect === 'postgres' ? ' WITH (fillfactor = 70)' : '');
  const description = JSON.stringify({ version: VERSION, learnerIds });
  // Two ids are longer together than MySQL's longest key, so that there a hash stands for them.
  const pairKeys =
    dialect === 'mysql'
      ? raw(`hash BINARY(32) AS (UNHEX(SHA2(CONCAT(LENGTH(course_id), ':', course_id, link_id), 256))) STORED,
  UNIQUE (tenant, hash),
  INDEX (tenant, link_id(255))`)
      : raw('UNIQUE (tenant, link_id, course_id)');
  return [
    sql`CREATE TABLE IF NOT EXISTS ${schema} (
  one INTEGER PRIMARY KEY,
  description ${long} NOT NULL
)`,
    sql`CREATE TABLE IF NOT EXISTS ${catalog} (
  tenant ${tenant} PRIMARY KEY,
  revision BIGINT NOT NULL,
  stamp ${short} NOT NULL
)`,
    sql`CREATE TABLE IF NOT EXISTS ${segments} (
  tenant ${tenant} NOT NULL,
  id ${id} NOT NULL,
  title ${long} NOT NULL,
  rule ${long},
  PRIMARY KEY (tenant, id)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${links} (
  tenant ${tenant} NOT NULL,
  id ${id} NOT NULL,
  segment_id ${id} NOT NULL,
  course_id ${id} NOT NULL,
  profile ${long},
  PRIMARY KEY (tenant, id)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${unsettled} (
  tenant ${tenant} NOT NULL,
  revision BIGINT NOT NULL,
  stamp ${short} NOT NULL,
  links ${long} NOT NULL,
  courses ${long} NOT NULL,
  pass ${short} NOT NULL,
  after_id ${long},
  PRIMARY KEY (tenant, revision)
)`,
    sql`CREATE TABLE IF NOT EXISTS ${learners} (
  tenant ${tenant} NOT NULL,
  learner_id ${learner} NOT NULL,
  held ${long} NOT NULL,
  PRIMARY KEY (tenant, learner_id)
)${roomy}`,
    sql`CREATE TABLE IF NOT EXISTS ${pairs} (
  no ${number},
  tenant ${tenant} NOT NULL,
  course_id ${id} NOT NULL,
  link_id ${id} NOT NULL,
  ${pairKeys}
)`,
    dialect === 'mysql'
      ? sql`INSERT INTO ${schema} (one, description) VALUES (1, ${raw(`'${description}'`)}) ON DUPLICATE KEY UPDATE one = 1`
      : sql`INSERT INTO ${schema} (one, description) VALUES (1, ${raw(`'${description}'`)}) ON CONFLICT (one) DO NOTHING`,
  ];
}
