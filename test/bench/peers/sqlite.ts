import type { Catalog, Learner } from '../../../src/core.js';
import { peer } from './load.js';
import { type Database, twoWay } from './sql-peer.js';
import { sqlOf } from './sql-rule.js';

type Row = (string | number)[];
interface Sqlite {
  readonly name: string;
  run(sql: string): void;
  rows(sql: string): Row[];
  insert(sql: string, rows: Iterable<Row>): void;
}

/** SQLite in memory: Node's own if it has one, else the WebAssembly build. Every field that rules compare for equality has an index. */
export async function sqlite(): Promise<{ readonly name: string; readonly database: Database }> {
  const engine = (await native()) ?? (await wasm());
  const run = async (sql: string) => engine.run(sql);
  const store = async (table: string, query: string) => {
    await run(`DROP TABLE IF EXISTS ${table}`);
    await run(`CREATE TABLE ${table}(learner TEXT, link TEXT, PRIMARY KEY (learner, link)) WITHOUT ROWID`);
    await run(`INSERT INTO ${table} ${query}`);
  };
  const database: Database = {
    run,
    rows: async (sql) => engine.rows(sql),
    store,
    differences: async (wanted, held) => {
      await store('wanted', wanted);
      return engine.rows(twoWay('wanted', held));
    },
    members,
    load: async (learners) => {
      for (const table of ['learner', 'skill']) await run(`DROP TABLE IF EXISTS ${table}`);
      await run(
        'CREATE TABLE learner(id TEXT PRIMARY KEY, department TEXT, role TEXT, site TEXT, country TEXT, level INTEGER, hired TEXT, contractor INTEGER)',
      );
      await run('CREATE TABLE skill(name TEXT, learner TEXT, PRIMARY KEY (name, learner)) WITHOUT ROWID');
      await run('BEGIN');
      engine.insert('INSERT INTO learner VALUES (?, ?, ?, ?, ?, ?, ?, ?)', learners.map(rowOf));
      engine.insert('INSERT OR IGNORE INTO skill VALUES (?, ?)', learners.flatMap(skillsOf));
      await run('COMMIT');
      for (const field of ['department', 'role', 'site', 'country']) {
        await run(`CREATE INDEX by_${field} ON learner(${field})`);
      }
      await run('ANALYZE');
    },
  };
  return { name: engine.name, database };
}

function members(catalog: Catalog, learner?: string): string {
  const segments = new Map(catalog.segments.map((segment) => [segment.id, segment]));
  const among = learner === undefined ? '' : `id = '${learner}' AND `;
  const queries = catalog.segments.map(({ rule }, place) => {
    const condition = sqlOf(rule!, segments, (skill) => `id IN (SELECT learner FROM skill WHERE name = '${skill}')`);
    return `SELECT id AS learner, ${place} AS segment FROM learner WHERE ${among}${condition}`;
  });
  // SQLite takes at most 500 queries in one UNION ALL.
  const parts: string[] = [];
  for (let from = 0; from < queries.length; from += 250)
    parts.push(queries.slice(from, from + 250).join(' UNION ALL '));
  return parts.map((part) => `SELECT * FROM (${part})`).join(' UNION ALL ');
}

function rowOf({ id, profile }: Learner): Row {
  const texts = ['department', 'role', 'site', 'country'].map((field) => String(profile[field]));
  return [id, ...texts, Number(profile.level), String(profile.hired), profile.contractor === true ? 1 : 0];
}

function skillsOf({ id, profile }: Learner): Row[] {
  return (profile.skills as readonly string[]).map((skill) => [skill, id]);
}

async function native(): Promise<Sqlite | undefined> {
  interface Native {
    exec(sql: string): void;
    prepare(sql: string): { all(): Record<string, string | number>[]; run(...values: Row): void };
  }
  type Module = { readonly DatabaseSync: new (path: string) => Native };
  const module = await peer<Module>('node:sqlite').catch(() => undefined);
  if (!module) return undefined;
  const database = new module.DatabaseSync(':memory:');
  return {
    name: 'SQLite (node:sqlite)',
    run: (sql) => database.exec(sql),
    rows: (sql) => database.prepare(sql).all().map(Object.values) as Row[],
    insert: (sql, rows) => {
      const statement = database.prepare(sql);
      for (const row of rows) statement.run(...row);
    },
  };
}

async function wasm(): Promise<Sqlite> {
  interface Wasm {
    run(sql: string): void;
    exec(sql: string): { readonly values: Row[] }[];
    prepare(sql: string): { run(values: Row): void; free(): void };
  }
  type Module = { readonly default: () => Promise<{ readonly Database: new () => Wasm }> };
  const { Database: Opened } = await (await peer<Module>('sql.js')).default();
  const database = new Opened();
  return {
    name: 'SQLite (sql.js)',
    run: (sql) => database.run(sql),
    rows: (sql) => database.exec(sql)[0]?.values ?? [],
    insert: (sql, rows) => {
      const statement = database.prepare(sql);
      for (const row of rows) statement.run(row);
      statement.free();
    },
  };
}
