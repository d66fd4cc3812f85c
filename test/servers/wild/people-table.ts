import type { Field } from '../../../src/core.js';
import type { HostTables, SqlDriver, SqlParameter } from '../../../src/sql/index.js';
import type { ColumnKind, Sample } from './column-kind.js';

/** The field that is stored according to the kind. Every table has two more, in plain columns without messy values. */
export const FIELD = 'value';
const PLAIN: readonly Field[] = [
  { id: 'team', type: 'text' },
  { id: 'level', type: 'number' },
];
const TEAMS = ['red', 'blue', 'Blue', null] as const;

/** A table of people whose field is of one kind. */
export interface PeopleTable {
  readonly kind: ColumnKind;
  readonly host: HostTables;
  /** The stored sample of each learner. */
  readonly stored: ReadonlyMap<string, Sample>;
}

/** Creates a table of people, one for each sample, and a table of values if the kind needs one. */
export async function makePeopleTable(
  db: SqlDriver,
  name: string,
  kind: ColumnKind,
  samples: readonly Sample[],
): Promise<PeopleTable> {
  const { dialect } = db;
  const short = dialect === 'mysql' ? 'VARCHAR(40)' : 'TEXT';
  for (const statement of kind.setup ?? []) await db.query(statement);
  const own = kind.place === 'values' ? '' : `, value_column ${kind.column}`;
  const options = kind.tableOptions ?? '';
  await db.query(`CREATE TABLE ${name} (id ${short} PRIMARY KEY, team ${short}, level INTEGER${own}) ${options}`);
  if (kind.place === 'values')
    await db.query(
      `CREATE TABLE ${name}_rows (person ${short} NOT NULL, field ${short} NOT NULL, value ${kind.column})`,
    );
  if (kind.indexed) await db.query(`CREATE INDEX ${name}_value ON ${name} (value_column)`);
  const stored = new Map(samples.map((sample, i) => [`p${String(i).padStart(5, '0')}`, sample]));
  await fill(db, name, kind, stored);
  return { kind, stored, host: hostTables(await readThrough(db, name, kind), name, kind) };
}

async function fill(db: SqlDriver, name: string, kind: ColumnKind, stored: ReadonlyMap<string, Sample>): Promise<void> {
  const people = [...stored].map(([id, { stored: value }], i) => {
    const [team, level] = [TEAMS[i % TEAMS.length]!, i % 3 === 0 ? null : i % 10];
    return [id, team, level, ...(kind.place === 'values' ? [] : [value as SqlParameter])];
  });
  const level = db.dialect === 'mysql' ? 'CAST(? AS SIGNED)' : 'CAST(? AS INTEGER)';
  const items = ['?', '?', level, ...(kind.place === 'values' ? [] : [kind.write ?? '?'])];
  await insert(db, name, items, people);
  if (kind.place !== 'values') return;
  const rows = [...stored].flatMap(([id, { stored: texts }]) =>
    (texts as readonly (string | null)[]).map((text) => [id, FIELD, text]),
  );
  await insert(db, `${name}_rows`, ['?', '?', '?'], rows);
}

/** Inserts rows; each item is an expression in which each `?` is replaced by the value. */
async function insert(
  db: SqlDriver,
  table: string,
  items: readonly string[],
  rows: readonly (readonly SqlParameter[])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) {
    const parameters: SqlParameter[] = [];
    const place = (value: SqlParameter): string => {
      parameters.push(value);
      return db.dialect === 'postgres' ? `$${parameters.length}` : '?';
    };
    const values = rows.slice(from, from + 500).map((row) => {
      const filled = row.map((value, i) => items[i]!.replace(/\?/gu, () => place(value)));
      return `(${filled.join(', ')})`;
    });
    await db.query(`INSERT INTO ${table} VALUES ${values.join(', ')}`, parameters);
  }
}

/** The name from which learners are read: the table, or a view of it. */
async function readThrough(db: SqlDriver, name: string, { view }: ColumnKind): Promise<string> {
  if (!view) return name;
  const schema = db.dialect === 'postgres' ? 'elsewhere.' : '';
  if (schema) await db.query('CREATE SCHEMA IF NOT EXISTS elsewhere');
  await db.query(`CREATE VIEW ${schema}${name}_view AS SELECT * FROM ${name} WHERE id <> ''`);
  return `${schema}${name}_view`;
}

function hostTables(table: string, name: string, { type, place, declared }: ColumnKind): HostTables {
  const columns = { team: 'team', level: 'level', ...(place === 'column' && { [FIELD]: 'value_column' }) };
  return {
    learners: {
      ...{ table, id: 'id', columns },
      ...(place === 'json' && { json: 'value_column' }),
      ...(place === 'values' && {
        values: { table: `${name}_rows`, learner: 'person', field: 'field', value: 'value' },
      }),
    },
    courses: { table: 'courses', id: 'id', enrolmentMethod: 'method' },
    ...(declared !== false && { fields: [...PLAIN, { id: FIELD, type }] }),
  };
}
