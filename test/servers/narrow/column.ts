import type { Rule } from '../../../src/core.js';
import type { Field, FieldType, Learner, LearnerQuery, UnreadableLearner } from '../../../src/index.js';
import { evaluate, mayHoldAt } from '../../../src/rules/evaluate.js';
import { Program } from '../../../src/rules/program.js';
import { slice } from '../../../src/rules/slice.js';
import { fieldTypes } from '../../../src/rules/value.js';
import { type HostTables, type SqlDriver, type SqlHost, sqlHost } from '../../../src/sql/index.js';

/** A table of learners with one field, `f`, in one column, `v`. */
export interface Column {
  readonly table: string;
  /** The column's definition: its type and everything after it. */
  readonly definition: string;
  readonly type: FieldType;
  /** SQL expressions of its values, one for each learner; the learners' ids are numbers from 0 on. */
  readonly values: readonly string[] | { readonly select: string };
  readonly index?: boolean;
}

const describe = ({ table, type }: Column): HostTables => ({
  learners: { table, id: 'id', ids: 'integer', columns: { f: 'v' } },
  fields: [{ id: 'f', type }],
  courses: { table, id: 'id', enrolmentMethod: 'id' },
});

/** Creates the table again. */
export async function makeColumn(db: SqlDriver, { table, definition, values, index }: Column): Promise<void> {
  await db.query(`DROP TABLE IF EXISTS ${table}`);
  await db.query(`CREATE TABLE ${table} (id bigint PRIMARY KEY, v ${definition})`);
  const rows = 'select' in values ? values.select : `VALUES ${values.map((value, i) => `(${i}, ${value})`).join(', ')}`;
  await db.query(`INSERT INTO ${table} ${rows}`);
  if (index) await db.query(`CREATE INDEX ${table.replace('.', '_')}_v ON ${table} (v)`);
}

/** The learners found for one rule, compared with those that the core finds. */
export interface Found {
  readonly rule: Rule;
  readonly found: readonly string[];
  /** Learners who match or are malformed, but were not found. */
  readonly missed: readonly string[];
  /** How many learners match or are malformed. */
  readonly wanted: number;
  readonly all: number;
}

/** Finds the learners of each rule. */
export async function findEach(db: SqlDriver, column: Column, rules: readonly Rule[]): Promise<Found[]> {
  return findIn(db, describe(column), rules);
}

/** The same for any tables; every rule must find a learner whose row cannot be read. */
export async function findIn(
  db: SqlDriver,
  tables: HostTables,
  rules: readonly Rule[],
  unreadable: readonly string[] = [],
): Promise<Found[]> {
  const host = sqlHost(tables);
  const fields = tables.fields as readonly Field[];
  const all = (await walked(host, db, {})) as readonly Learner[];
  const results: Found[] = [];
  for (const rule of rules) {
    const page = await walked(host, db, { matching: { rule, placedIn: [] }, idsOnly: true });
    const found = new Set(page.map(({ id }) => id));
    const program = new Program(fieldTypes(fields));
    const slots = [program.compile(rule, () => 0)];
    const rows = new Set(mayHoldAt(evaluate(slice(program, slots, 'none'), all), slots, all.length));
    const wanted = all.filter(({ id }, row) => unreadable.includes(id) || rows.has(row));
    const missed = [...new Set(wanted.map(({ id }) => id))].filter((id) => !found.has(id));
    results.push({ rule, found: [...found], missed, wanted: wanted.length, all: all.length });
  }
  return results;
}

/** Returns all pages of a walk as one. */
async function walked(host: SqlHost, db: SqlDriver, query: Omit<LearnerQuery, 'limit'>) {
  const all: (Learner | UnreadableLearner)[] = [];
  for (let after: string | undefined; ; after = all.at(-1)!.id) {
    const page = await host.page(db, { ...query, after, limit: 10_000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}
