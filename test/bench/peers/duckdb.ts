import type { Catalog, Learner } from '../../../src/core.js';
import { peer } from './load.js';
import { type Database, twoWay } from './sql-peer.js';
import { sqlOf } from './sql-rule.js';

interface Appender {
  appendVarchar(text: string): void;
  appendInteger(number: number): void;
  appendBoolean(value: boolean): void;
  endRow(): void;
  closeSync(): void;
}
interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
  createAppender(table: string): Promise<Appender>;
}
interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
  version(): string;
}

const COLUMNS = 'department VARCHAR, role VARCHAR, site VARCHAR, country VARCHAR, level INTEGER, contractor BOOLEAN';

/** The formulations of the query for the members of all segments: one query per segment, or one scan that tries every rule. */
export type Formulation = 'a query a segment' | 'one scan';

/** DuckDB in memory with its default settings, which use all processors. */
export async function duckDb(formulation: Formulation): Promise<Database> {
  const { DuckDBInstance } = await peer<DuckDb>('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const run = async (sql: string) => void (await connection.run(sql));
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  return {
    run,
    rows,
    store: (table, query) => run(`CREATE OR REPLACE TABLE ${table} AS ${query}`),
    differences: (wanted, held) => rows(`WITH wanted AS MATERIALIZED (${wanted}) ${twoWay('wanted', held)}`),
    members: (catalog, learner) => membersIn(formulation, catalog, learner),
    load: async (learners) => {
      await run(`CREATE OR REPLACE TABLE staged(id VARCHAR, hired VARCHAR, skills VARCHAR, ${COLUMNS})`);
      const appender = await connection.createAppender('staged');
      for (const learner of learners) append(appender, learner);
      appender.closeSync();
      // Converts text to typed columns: dates and lists of DuckDB.
      await run(
        `CREATE OR REPLACE TABLE learner AS SELECT * REPLACE (CAST(hired AS DATE) AS hired,
          CASE WHEN skills = '' THEN [] ELSE string_split(skills, '|') END AS skills) FROM staged`,
      );
      await run('DROP TABLE staged');
    },
  };
}

function append(appender: Appender, { id, profile }: Learner): void {
  appender.appendVarchar(id);
  appender.appendVarchar(String(profile.hired));
  appender.appendVarchar((profile.skills as readonly string[]).join('|'));
  for (const field of ['department', 'role', 'site', 'country']) appender.appendVarchar(String(profile[field]));
  appender.appendInteger(Number(profile.level));
  appender.appendBoolean(profile.contractor === true);
  appender.endRow();
}

function membersIn(formulation: Formulation, catalog: Catalog, learner: string | undefined): string {
  const segments = new Map(catalog.segments.map((segment) => [segment.id, segment]));
  const rules = catalog.segments.map(({ rule }) =>
    sqlOf(rule!, segments, (skill) => `list_contains(skills, '${skill}')`),
  );
  const from = learner === undefined ? 'learner' : `(SELECT * FROM learner WHERE id = '${learner}')`;
  if (formulation === 'a query a segment') {
    return rules
      .map((rule, place) => `SELECT id AS learner, ${place} AS segment FROM ${from} WHERE ${rule}`)
      .join(' UNION ALL ');
  }
  const found = rules.map((rule, place) => `CASE WHEN ${rule} THEN [${place}] END`);
  return `SELECT id AS learner, unnest(list_concat(${found.join()})) AS segment FROM ${from}`;
}
